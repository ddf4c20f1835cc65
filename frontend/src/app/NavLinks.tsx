import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../hooks/useSession.ts";
import { useCart } from "../pages/client/cart/useCart.ts";
import styles from "./Header.module.css";
import { navItems } from "./navItems.ts";

/** The role's places; the cart tells how much is in it. */
export function NavLinks() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { lines } = useCart();
  return (
    <div className={styles["links"]}>
      {navItems(user?.role ?? null).map(({ to, text }) => (
        <Link
          key={to}
          to={to}
          {...(to === "/cart" && lines.length > 0 ? { "aria-label": t("nav.cartCount", { count: lines.length }) } : {})}
        >
          {t(text)}
          {to === "/cart" && lines.length > 0 && ` (${lines.length})`}
        </Link>
      ))}
    </div>
  );
}
