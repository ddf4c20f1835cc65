import { Button, createTheme, type VariantColorResolverResult } from "@mantine/core";

type Colors = Omit<VariantColorResolverResult, "hoverColor"> & { readonly hoverColor?: string };

const HAIRLINE = "1px solid transparent";

/** Buttons are ink on paper; the magenta of the chart is left to links and focus. `color="bad"` warns. */
const VARIANTS: Record<string, Colors> = {
  filled: { background: "var(--ink)", hover: "var(--muted)", color: "var(--panel)", border: HAIRLINE },
  bad: { background: "var(--bad)", hover: "var(--bad)", color: "var(--panel)", border: HAIRLINE },
  default: {
    background: "var(--panel)",
    hover: "var(--page)",
    color: "var(--ink)",
    border: "1px solid var(--control)",
  },
  subtle: { background: "transparent", hover: "var(--page)", color: "var(--accent)", border: HAIRLINE },
};

/** Heights of look.md: 40 px, and 36 px beside one another in a list. */
function vars(_theme: unknown, { size }: { readonly size?: unknown }) {
  const inList = size === "sm";
  return {
    root: {
      "--button-height": inList ? "36px" : "var(--control-height)",
      "--button-padding-x": inList ? "12px" : "16px",
      "--button-fz": "15px",
    },
  };
}

/** Mantine, told to use our tokens (styles/tokens.css, styles/mantine.css). */
export const theme = createTheme({
  defaultRadius: "var(--radius)",
  focusRing: "auto",
  respectReducedMotion: true,
  components: { Button: Button.extend({ defaultProps: { variant: "filled", vars } }) },
  variantColorResolver: ({ variant, color }) => {
    const found = VARIANTS[color === "bad" ? "bad" : variant] ?? VARIANTS["default"];
    const base = { background: "", hover: "", color: "", border: "", ...found };
    return { ...base, hoverColor: base.color };
  },
});
