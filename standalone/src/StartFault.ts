/** A reason not to start that the operator can mend. `message` is one clear line, without secrets. */
export class StartFault extends Error {
  override readonly name = "StartFault";
}
