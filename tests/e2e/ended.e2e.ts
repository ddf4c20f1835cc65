import { address, expectLive, logIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const api = (path: string) => `${process.env["E2E_API_URL"] ?? ""}${path}`;

test("whose sessions an administrator ends is led to the login at once, in every tab, and may come back", async ({
  page,
  context,
  request,
}) => {
  await logIn(page, "vendedor2");
  await page.goto(address("/seller/analytics"));
  await expectLive(page);
  const second = await context.newPage();
  await second.goto(address("/seller/analytics"));
  await expectLive(second);

  const login = await request.post(api("/api/auth/login"), {
    data: { email: "admin@espigon.test", password: "espigon-demo" },
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const found = await request.get(api("/api/users?search=vendedor2"), { headers });
  const { users } = (await found.json()) as { users: readonly { id: string }[] };
  const ended = await request.post(api("/api/realtime/disconnect"), { headers, data: { user_id: users[0]?.id } });
  expect(ended.status()).toBe(204);

  for (const tab of [page, second]) {
    await expect(tab).toHaveURL(/\/login/);
    await expect(tab.getByRole("main")).toContainText("Tu sesión terminó");
  }
  await logIn(page, "vendedor2");
  await expectLive(page);
});
