/** Where a cluster on one machine listens. Whoever uses it knows `origin` alone. */
export type ClusterPorts = {
  /** nginx: pages, /api, /graphql, /ws, /sse. */
  readonly origin: number;
  /** nginx, for the report nodes. */
  readonly internal: number;
  readonly redis: number;
  readonly rest: readonly [number, number];
  readonly realtime: readonly [number, number];
  readonly report: readonly [number, number];
};

/** Each moved by `offset`. None of them is a port of `npm start`. */
export function clusterPortsAt(offset: number): ClusterPorts {
  const at = (port: number) => port + offset;
  return {
    origin: at(8080),
    internal: at(8079),
    redis: at(6380),
    rest: [at(3001), at(3002)],
    realtime: [at(8091), at(8092)],
    report: [at(4001), at(4002)],
  };
}
