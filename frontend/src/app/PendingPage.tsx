import { Skeleton } from "../components/Skeleton.tsx";

/** Stands while a page's code is fetched. */
export function PendingPage() {
  return <Skeleton shape="chart" />;
}
