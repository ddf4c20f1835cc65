export type DemoSeller = {
  readonly id: number;
  /** User id of its owner. */
  readonly ownerId: number;
  readonly name: string;
  /** Its share of all orders, against the others. */
  readonly share: number;
};

export const DEMO_SELLERS: readonly DemoSeller[] = [
  { id: 1, ownerId: 2, name: "Pesca Fresca Tarqui", share: 48 },
  { id: 2, ownerId: 3, name: "Mariscos Playita Mía", share: 34 },
  { id: 3, ownerId: 4, name: "Conservas San Mateo", share: 18 },
];

export type DemoProduct = {
  readonly id: number;
  readonly sellerId: number;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly unit: "libra" | "kilo" | "unidad";
  /** Cents per unit, IVA excluded. */
  readonly price: number;
  readonly stock: number;
  readonly ivaBp: 0 | 1500;
  readonly lowStockThreshold: number;
  /** How often it is bought, against the seller's others. */
  readonly demand: number;
  /** Least and most of it in one order, in units. */
  readonly quantity: readonly [number, number];
};

type Row = readonly [
  name: string,
  category: string,
  unit: DemoProduct["unit"],
  price: number,
  stock: number,
  threshold: number,
  demand: number,
  quantity: readonly [number, number],
  description: string,
];

const FISH: readonly Row[] = [
  ["Albacora entera", "Pescado", "libra", 260, 420, 60, 10, [6, 30], "Atún aleta amarilla del día, eviscerado."],
  ["Lomo de albacora", "Pescado", "libra", 480, 160, 30, 8, [3, 15], "Limpio, sin piel, listo para ceviche o plancha."],
  ["Dorado", "Pescado", "libra", 340, 250, 40, 9, [4, 20], "Pesca de palangre, de la madrugada."],
  ["Wahoo", "Pescado", "libra", 375, 90, 25, 5, [3, 12], "En rodajas o entero."],
  ["Corvina de roca", "Pescado", "libra", 450, 110, 25, 8, [3, 15], "La del ceviche de siempre."],
  ["Pargo rojo", "Pescado", "libra", 425, 18, 20, 5, [2, 10], "De 2 a 4 libras cada uno."],
  ["Picudo", "Pescado", "libra", 310, 140, 30, 4, [4, 18], "En filete grueso."],
  ["Sierra", "Pescado", "libra", 220, 130, 25, 4, [3, 12], "Para encebollado o frita."],
  ["Cherna", "Pescado", "libra", 460, 60, 15, 3, [2, 10], "Entera, de profundidad."],
];

const SHELLFISH: readonly Row[] = [
  ["Camarón titi", "Mariscos", "libra", 320, 180, 30, 10, [3, 15], "Pelado a mano, del Golfo."],
  ["Camarón jumbo", "Mariscos", "libra", 650, 120, 25, 8, [2, 12], "Con cabeza, 16 a 20 por libra."],
  ["Langostino", "Mariscos", "libra", 850, 45, 15, 5, [2, 8], "De mar, entero."],
  ["Pulpo", "Mariscos", "libra", 450, 70, 20, 6, [2, 10], "Limpio y golpeado."],
  ["Calamar", "Mariscos", "libra", 275, 150, 30, 6, [3, 12], "Entero o en anillos."],
  ["Concha prieta", "Mariscos", "unidad", 22, 1_400, 300, 7, [25, 150], "De manglar, viva, por unidad."],
  ["Langosta verde", "Mariscos", "libra", 1_250, 4, 6, 3, [1, 5], "Viva; fuera de veda."],
  ["Cangrejo rojo", "Mariscos", "unidad", 120, 260, 48, 5, [12, 48], "En atado, vivo."],
];

const CANNED: readonly Row[] = [
  ["Atún en aceite, lata 170 g", "Conservas", "unidad", 165, 900, 120, 8, [6, 48], "Lomitos en aceite de girasol."],
  ["Atún en agua, lata 170 g", "Conservas", "unidad", 160, 700, 120, 6, [6, 48], "Lomitos en agua y sal."],
  ["Sardina en tomate, lata 425 g", "Conservas", "unidad", 145, 520, 96, 6, [6, 36], "En salsa de tomate."],
  ["Lomitos de atún, frasco 200 g", "Conservas", "unidad", 390, 75, 80, 4, [2, 12], "En aceite de oliva."],
  ["Pescado seco salado", "Conservas", "kilo", 980, 40, 10, 3, [1, 6], "Para fanesca."],
  ["Paté de atún, frasco 120 g", "Conservas", "unidad", 275, 140, 24, 3, [2, 12], "Con ají manaba."],
];

/** The catalogue by id. Fresh catch is free of IVA; what comes in tins and jars carries 15 %. */
export const DEMO_PRODUCTS: readonly DemoProduct[] = [FISH, SHELLFISH, CANNED]
  .flatMap((rows, index) => rows.map((row) => ({ row, sellerId: index + 1 })))
  .map(({ row, sellerId }, index) => {
    const [name, category, unit, price, stock, lowStockThreshold, demand, quantity, description] = row;
    return {
      id: index + 1,
      sellerId,
      name,
      description,
      category,
      unit,
      price,
      stock,
      ivaBp: category === "Conservas" ? 1500 : 0,
      lowStockThreshold,
      demand,
      quantity,
    };
  });
