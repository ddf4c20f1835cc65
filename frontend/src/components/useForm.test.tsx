import { afterEach, expect, mock, test } from "bun:test";
import { PasswordInput, TextInput } from "@mantine/core";
import { cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { createTestServices } from "../../tests/createTestServices.ts";
import { inPage } from "../../tests/inPage.tsx";
import { onPage } from "../../tests/onPage.ts";
import type { DraftReading } from "./draft.ts";
import { useForm } from "./useForm.ts";

afterEach(cleanup);

type Draft = { readonly boat: string; readonly key: string };

const WRONG_KEY = new Error("wrong key");

function read(draft: Draft): DraftReading<keyof Draft, string, Draft> {
  const empty = Object.entries(draft).filter(([, value]) => value === "");
  return empty.length === 0 ? { body: draft } : { faults: Object.fromEntries(empty.map(([name]) => [name, "empty"])) };
}

function Harbour({ send }: { readonly send: (draft: Draft) => Promise<unknown> }) {
  const { form, field, sending, error, reset } = useForm({
    initial: { boat: "", key: "" },
    read,
    send,
    faultsOfRefusal: (cause) => (cause === WRONG_KEY ? { key: "wrong" } : {}),
    words: (fault) => `is ${fault}`,
  });
  return (
    <form {...form} aria-label="harbour">
      <TextInput {...field("boat")} label="Boat" />
      <PasswordInput {...field("key")} label="Key" />
      {error !== undefined && <p role="alert">{error instanceof Error && error.message}</p>}
      <output>{sending ? "sending" : "idle"}</output>
      <button type="button" onClick={reset}>
        Reset
      </button>
    </form>
  );
}

function show(send: (draft: Draft) => Promise<unknown>) {
  const { services } = createTestServices(async () => Response.json({}));
  render(inPage(services, <Harbour send={send} />));
}

const input = (label: string): HTMLInputElement => onPage().getByLabelText(label, { selector: "input" });
const type = (label: string, value: string) => fireEvent.change(input(label), { target: { value } });
const submit = () => fireEvent.submit(onPage().getByRole("form"));
const focused = () => document.activeElement?.getAttribute("name");
const idle = () => waitFor(() => expect(onPage().getByRole("status").textContent).toBe("idle"));
const wrong = () =>
  [...document.querySelectorAll('[aria-invalid="true"]')].map((element) => element.getAttribute("name"));

test("what is wrong is said at its fields, the focus goes to the first, and nothing is sent", () => {
  const send = mock(async () => {});
  show(send);
  expect(wrong()).toEqual([]);
  submit();
  expect([wrong(), focused()]).toEqual([["boat", "key"], "boat"]);
  type("Boat", "Reina");
  submit();
  expect([wrong(), focused()]).toEqual([["key"], "key"]);
  expect(onPage().getByText("is empty").id).toBe(input("Key").getAttribute("aria-describedby") ?? "");
  expect(send).not.toHaveBeenCalled();
});

test("a refusal that is about a field stands there, with the focus, until the next time", async () => {
  const answers = [Promise.reject(WRONG_KEY), Promise.resolve()];
  show(() => answers.shift() ?? Promise.reject(new Error("sent too often")));
  type("Boat", "Reina");
  type("Key", "1");
  submit();
  await waitFor(() => expect([wrong(), focused()]).toEqual([["key"], "key"]));
  expect(onPage().getByText("is wrong")).toBeDefined();
  expect(onPage().queryByRole("alert")).toBeNull();
  submit();
  await idle();
  expect([wrong(), answers]).toEqual([[], []]);
});

test("another refusal is the form's, and what was typed stays", async () => {
  show(() => Promise.reject(new Error("no answer")));
  type("Boat", "Reina");
  type("Key", "1");
  submit();
  await waitFor(() => expect(onPage().getByRole("alert").textContent).toBe("no answer"));
  expect([wrong(), input("Boat").value, onPage().getByRole("status").textContent]).toEqual([[], "Reina", "idle"]);
  type("Boat", "");
  submit();
  expect(onPage().queryByRole("alert")).toBeNull();
});

test("submitting twice sends once, and again only after the answer", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const send = mock((_draft: Draft) => promise);
  show(send);
  type("Boat", "Reina");
  type("Key", "1");
  submit();
  submit();
  expect(onPage().getByRole("status").textContent).toBe("sending");
  expect(send.mock.calls).toEqual([[{ boat: "Reina", key: "1" }]]);
  resolve();
  await idle();
  submit();
  await idle();
  expect(send).toHaveBeenCalledTimes(2);
});

test("a form that is reset is as it was opened", () => {
  show(async () => {});
  type("Boat", "Reina");
  fireEvent.click(onPage().getByText("Reset"));
  expect(input("Boat").value).toBe("");
});
