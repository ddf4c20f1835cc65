import { testBrokerContract } from "./brokerContract.ts";
import { memoryBroker } from "./memoryBroker.ts";

testBrokerContract("memoryBroker", async (options) => memoryBroker(options));
