import type { Role } from "@espigon/event_contracts";

/** The password of every demo account. Demo accounts exist in standalone mode only. */
export const DEMO_PASSWORD = "espigon-demo";

export type DemoPerson = {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Days before today on which the account was made. */
  readonly registeredDaysAgo: number;
  /** How often this client buys, against the others; 0 for those who do not. */
  readonly appetite: number;
  /** Whether `npm start` tells of it. */
  readonly announced: boolean;
};

export const DEMO_DAYS = 90;

const STAFF = [
  ["admin@espigon.test", "Gabriela Mero", "ADMIN"],
  ["vendedor1@espigon.test", "Ramón Delgado", "SELLER"],
  ["vendedor2@espigon.test", "Fátima Anchundia", "SELLER"],
  ["vendedor3@espigon.test", "Nelson Reyes", "SELLER"],
] as const;

/** Name, days ago, appetite. Restaurants buy most; families now and then. */
const CLIENTS = [
  ["Lucía Zambrano", 89, 6],
  ["Restaurante El Faro", 89, 9],
  ["Cevichería La Playita", 89, 10],
  ["Comedor Doña Maruja", 88, 8],
  ["Hotel Oro Verde Azul", 86, 7],
  ["Kléber Intriago", 84, 2],
  ["Marisquería Puerto Viejo", 81, 8],
  ["Yolanda Cevallos", 77, 2],
  ["Picantería San Pablo", 74, 6],
  ["Darío Macías", 70, 2],
  ["Cafetería Murciélago", 66, 4],
  ["Rosa Pilay", 61, 2],
  ["Asadero El Cholo", 57, 5],
  ["Tania Moreira", 52, 2],
  ["Restaurante Umiña", 47, 7],
  ["Jhonny Bailón", 43, 2],
  ["Catering Jocay", 38, 6],
  ["Mercedes Quijije", 33, 2],
  ["Hostal Barbasquillo", 29, 4],
  ["Fernando Loor", 24, 2],
  ["Sushi Bar Pacífico", 19, 6],
  ["Narcisa Chancay", 14, 2],
  ["Comisariato Los Esteros", 10, 5],
  ["Byron Alcívar", 6, 2],
  ["Parrillada La Caleta", 3, 4],
] as const;

/** Everybody, by id: the administrator, the sellers' owners (seller n is the nth of them), the clients. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...STAFF.map(([email, name, role], index) => ({
    id: index + 1,
    email,
    name,
    role,
    registeredDaysAgo: DEMO_DAYS - 1,
    appetite: 0,
    announced: index < 3,
  })),
  ...CLIENTS.map(([name, registeredDaysAgo, appetite], index) => ({
    id: STAFF.length + index + 1,
    email: `cliente${index + 1}@espigon.test`,
    name,
    role: "CLIENT" as const,
    registeredDaysAgo,
    appetite,
    announced: index < 2,
  })),
];
