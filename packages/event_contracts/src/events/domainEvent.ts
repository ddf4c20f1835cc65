import { z } from "zod";
import { AccessRevoked } from "./accessRevoked.ts";
import { OrderEvent } from "./orderEvent.ts";
import { ProductEvent } from "./productEvent.ts";
import { ClientRegistered, SellerRegistered } from "./registrationEvent.ts";

/** Something that happened in the marketplace: past tense, plain data, appended in the transaction that did it. */
export const DomainEvent = z.discriminatedUnion("type", [
  OrderEvent,
  ProductEvent,
  ClientRegistered,
  SellerRegistered,
  AccessRevoked,
]);
export type DomainEvent = z.infer<typeof DomainEvent>;
