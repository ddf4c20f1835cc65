const FIGURES = "orders paidOrders netSales averageTicket unitsSold cancelled";

/** Every query with every field. */
export const SELLER_DASHBOARD = `query GET_SELLER_DASHBOARD_STATS($sellerId: ID, $period: PeriodInput) {
  sellerDashboardStats(sellerId: $sellerId, period: $period) {
    sellerId period { from to } ${FIGURES} pendingVerification oldestPendingAt lowStock
    ordersByStatus { status count } series { day orders netSales } previousSeries { day orders netSales }
    previous { ${FIGURES} } comparedWith { from to until } asOf
  }
}`;
export const BEST_PRODUCTS = `query GET_SELLER_BEST_PRODUCTS($sellerId: ID, $period: PeriodInput, $limit: Int) {
  sellerBestProducts(sellerId: $sellerId, period: $period, limit: $limit) {
    products { productId name unit units netSales } asOf
  }
}`;
export const ADMIN_DASHBOARD = `query GET_ADMIN_DASHBOARD_STATS($period: PeriodInput) {
  adminDashboardStats(period: $period) {
    period { from to } ${FIGURES} activeSellers newClients pendingVerification oldestPendingAt
    ordersByStatus { status count } topSellers { sellerId name orders netSales } previous { ${FIGURES} newClients } comparedWith { from to until } asOf
  }
}`;
export const ADMIN_SALES = `query GET_ADMIN_SALES($period: PeriodInput, $granularity: Granularity) {
  adminSales(period: $period, granularity: $granularity) {
    period { from to } granularity points { start orders netSales } previousPoints { start orders netSales }
    totals { ${FIGURES} } previous { ${FIGURES} } comparedWith { from to until } asOf
  }
}`;
export const ADMIN_CLIENTS = `query GET_ADMIN_CLIENTS($period: PeriodInput) {
  adminClients(period: $period) {
    period { from to } totalClients newClients activeClients returningClients
    topClients { clientId name orders netSales } series { day newClients } previous { newClients } comparedWith { from to until } asOf
  }
}`;
