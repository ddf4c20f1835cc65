import type { ReactNode } from "react";
import { Skeleton } from "../components/Skeleton.tsx";

/** Stands while a page's code is fetched. */
export function PendingPage(): ReactNode {
  return <Skeleton shape="chart" />;
}
