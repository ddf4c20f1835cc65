import { type FormEvent, type RefObject, useRef, useState } from "react";
import { type DraftReading, type Faults, isFaultless } from "./draft.ts";
import { useFaultFocus } from "./useFaultFocus.ts";

type FormOptions<Name extends string, Fault, Body> = {
  readonly initial: Readonly<Record<Name, string>>;
  readonly read: (draft: Readonly<Record<Name, string>>) => DraftReading<Name, Fault, Body>;
  /** Rejects with why it could not. */
  readonly send: (body: Body) => Promise<unknown>;
  /** The fields that a refusal is about. A refusal that is about none becomes the form's `error`. */
  readonly faultsOfRefusal?: (cause: unknown) => Faults<Name, Fault>;
  readonly words: (fault: Fault) => string;
};

type Field = {
  readonly name: string;
  readonly value: string;
  readonly error: string | false;
  readonly "aria-invalid": boolean;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
};

type Form<Name extends string> = {
  /** For the `form` element. */
  readonly form: {
    readonly ref: RefObject<HTMLFormElement | null>;
    readonly noValidate: true;
    readonly onSubmit: (event: FormEvent) => void;
  };
  /** For an input of Mantine's. */
  readonly field: (name: Name) => Field;
  readonly sending: boolean;
  /** Why the last sending failed, where that is about no field. */
  readonly error: unknown;
  /** Back to how it was opened. */
  readonly reset: () => void;
};

/**
 * A form of text fields: says what is wrong beside the field when it is sent, the focus on the first such field, and
 * sends one at a time: submitting again while one is under way does nothing.
 */
export function useForm<Name extends string, Fault, Body>({
  initial,
  read,
  send,
  faultsOfRefusal = () => ({}),
  words,
}: FormOptions<Name, Fault, Body>): Form<Name> {
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<Faults<Name, Fault>>({});
  const [error, setError] = useState<unknown>(undefined);
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);

  async function submit() {
    const found = read(draft);
    setFaults("faults" in found ? found.faults : {});
    setError(undefined);
    if ("faults" in found) return;
    underWay.current = true;
    setSending(true);
    try {
      await send(found.body);
    } catch (cause) {
      const named = faultsOfRefusal(cause);
      setFaults(named);
      if (isFaultless(named)) setError(cause);
    } finally {
      underWay.current = false;
      setSending(false);
    }
  }

  return {
    form: {
      ref: useFaultFocus(faults),
      noValidate: true,
      onSubmit(event) {
        event.preventDefault();
        if (!underWay.current) void submit();
      },
    },
    field(name) {
      const fault = faults[name];
      return {
        name,
        value: draft[name],
        error: fault !== undefined && words(fault),
        // Said here, since Mantine's password input leaves it out.
        "aria-invalid": fault !== undefined,
        onChange: ({ currentTarget: { value } }) => setDraft((now) => ({ ...now, [name]: value })),
      };
    },
    sending,
    error,
    reset: () => setDraft(initial),
  };
}
