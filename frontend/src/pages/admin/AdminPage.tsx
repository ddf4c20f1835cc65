import type { ReactNode } from "react";
import { getRouteApi } from "@tanstack/react-router";
import { AdminDashboard } from "./AdminDashboard.tsx";

const route = getRouteApi("/admin");

/** The market's dashboard. Period and granularity live in the address. */
export function AdminPage(): ReactNode {
  const { granularity = "DAY", ...period } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AdminDashboard
      period={period}
      granularity={granularity}
      onPeriodChange={(next) => void navigate({ search: { ...next, granularity } })}
      onGranularityChange={(next) => void navigate({ search: { ...period, granularity: next } })}
    />
  );
}
