import type { Translation } from "../Translation.ts";

export const session: Translation["session"] = {
  loginTitle: "Sign in",
  loginIntro: "The market of the port of Manta, live.",
  registerTitle: "Create an account",
  registerIntro: "Buy fresh fish, or open your stall.",
  email: "Email",
  password: "Password",
  passwordHint: "At least 8 characters.",
  showPassword: "Show the password",
  name: "Your name",
  openShop: "I want to sell: open a stall",
  shopName: "Name of the stall",
  submitLogin: "Sign in",
  submitRegister: "Create the account",
  toRegister: "No account yet? Create one",
  toLogin: "Have an account? Sign in",
  missing: "Fill this in.",
  badEmail: "Enter a full address, like ana@mail.com.",
  shortPassword: "Use at least 8 characters.",
  ended: "Your session ended. Sign in again to go on.",
  restoring: "Opening your session…",
};
