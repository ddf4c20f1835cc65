import { Button, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useSession } from "../../hooks/useSession.ts";
import { sellersIn } from "./cart/Cart.ts";
import { CartLines } from "./cart/CartLines.tsx";
import { refusedLine } from "./cart/refusedLine.ts";
import { useCart } from "./cart/useCart.ts";
import { usePlaceOrder } from "./cart/usePlaceOrder.ts";

/** What is about to be ordered, and the button that orders it. */
export function CartPage(): ReactNode {
  const { t } = useTranslation();
  const { user } = useSession();
  const { lines } = useCart();
  const { note, setNote, place, placing, error } = usePlaceOrder();
  const refused = refusedLine(error, lines);
  const refusal =
    refused === undefined
      ? t("errors.actionTitle")
      : refused.stock === null
        ? t("catalogue.gone", { name: refused.name })
        : t("catalogue.stockOf", { name: refused.name, stock: refused.stock });
  const toCatalogue = <Link to="/catalog">{t("orders.toCatalogue")}</Link>;
  return (
    <div className="stack">
      <PageHeader title={t("catalogue.cartTitle")} />
      <Panel title={t("orders.items")} actions={lines.length > 0 && toCatalogue}>
        {lines.length === 0 ? (
          <EmptyState text={t("catalogue.cartEmpty")}>{toCatalogue}</EmptyState>
        ) : (
          <div className="stack">
            <CartLines />
            <Textarea
              label={t("catalogue.note")}
              value={note}
              maxLength={500}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
            <p className="note">{t("catalogue.perSeller", { count: sellersIn(lines) })}</p>
            {error !== undefined && <ErrorNotice error={error} title={refusal} />}
            <div>
              {user?.role === "CLIENT" ? (
                <Button loading={placing} onClick={() => void place()}>
                  {t("catalogue.place")}
                </Button>
              ) : (
                <Link to="/login" search={{ redirect: "/cart" }}>
                  {t("catalogue.signInToBuy")}
                </Link>
              )}
            </div>
          </div>
        )}
      </Panel>
    </div>
  );
}
