/** The shortest and the longest password, in UTF-16 units. The upper bound keeps hashing cheap to refuse. */
const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** The passwords that guessers try first among those that are long enough. Compared in lower case. */
const COMMON: ReadonlySet<string> = new Set([
  "12345678",
  "123456789",
  "1234567890",
  "11111111",
  "00000000",
  "12341234",
  "87654321",
  "abcd1234",
  "abc12345",
  "1q2w3e4r",
  "1qaz2wsx",
  "qwertyui",
  "qwerty123",
  "qwertyuiop",
  "password",
  "password1",
  "password123",
  "passw0rd",
  "iloveyou",
  "sunshine",
  "princess",
  "football",
  "baseball",
  "superman",
  "trustno1",
  "welcome1",
  "letmein1",
  "admin123",
  "administrator",
  "contraseña",
  "contrasena",
  "ecuador1",
  "ecuador123",
  "barcelona",
  "guayaquil",
  "teamomucho",
  "tequieromucho",
]);

/** Why a password may not be chosen, in words for its chooser; `undefined` when it may. */
export function passwordFault(password: string, email: string): string | undefined {
  if (password.length < PASSWORD_LENGTH.min) return `must have at least ${PASSWORD_LENGTH.min} characters`;
  if (password.length > PASSWORD_LENGTH.max) return `must have at most ${PASSWORD_LENGTH.max} characters`;
  const lower = password.toLowerCase();
  if (COMMON.has(lower) || new Set(lower).size === 1) return "is one of the most used passwords";
  if (lower === email || lower === email.split("@")[0]) return "must not be the e-mail address";
  return undefined;
}
