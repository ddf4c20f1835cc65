/** Slow on purpose and bounded: a `undefined` answer means that too many are waiting; try again later. */
export type PasswordHasher = {
  hash(password: string): Promise<string | undefined>;
  /** With no hash it takes as long and answers false, so that an unknown e-mail looks like a wrong password. */
  verify(password: string, hash: string | undefined): Promise<boolean | undefined>;
};
