/** Places the order whose note is the canary, and tells the tests by the environment. */
export async function placeCanary(apiUrl: string): Promise<void> {
  const call = async (path: string, body?: object, token?: string, key?: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${apiUrl}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const { access_token, user } = await call("/api/auth/login", {
    email: "cliente1@espigon.test",
    password: "espigon-demo",
  });
  const { products } = await call("/api/products?seller_id=1&limit=1");
  const note = `canario-${crypto.randomUUID()}`;
  const items = [{ product_id: (products as { id: string }[])[0]?.id, quantity: 1 }];
  await call("/api/orders", { items, note }, String(access_token), crypto.randomUUID());
  process.env["E2E_CANARY"] = note;
  process.env["E2E_CANARY_CLIENT"] = (user as { name: string }).name;
}
