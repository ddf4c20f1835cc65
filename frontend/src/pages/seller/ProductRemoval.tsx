import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useNotice } from "../../components/notices.ts";
import { useServices } from "../../hooks/useServices.ts";
import type { Product } from "../../lib/resources.ts";

type ProductRemovalProps = {
  readonly product: Product;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
};

/** Asks before a product leaves the catalogue. */
export function ProductRemoval({ product, onClose, onRemoved }: ProductRemovalProps) {
  const { t } = useTranslation();
  const { api } = useServices();
  const notify = useNotice();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const { id, name } = product;

  async function remove() {
    setPending(true);
    setError(undefined);
    try {
      await api.delete(`/api/products/${id}`);
      notify(t("products.removed", { name }));
      onRemoved();
    } catch (cause) {
      setError(cause);
      setPending(false);
    }
  }

  return (
    <Dialog title={t("products.removeTitle", { name })} onClose={onClose}>
      <p>{t("products.removeText")}</p>
      {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
      <div className="row">
        <Button color="bad" loading={pending} onClick={() => void remove()}>
          {t("products.remove")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </Dialog>
  );
}
