/** The fill of an area in three hard bands, as a chart prints depths. Lives inside an `<svg>`; used as `url(#id)`. */
export function DepthBands({ id }: { readonly id: string }) {
  return (
    <defs>
      <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
        <stop offset="33.3%" stopColor="var(--depth-1)" />
        <stop offset="33.3%" stopColor="var(--depth-2)" />
        <stop offset="66.6%" stopColor="var(--depth-2)" />
        <stop offset="66.6%" stopColor="var(--depth-3)" />
      </linearGradient>
    </defs>
  );
}
