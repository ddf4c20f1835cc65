import { localStorageColorSchemeManager } from "@mantine/core";

/** Light, dark, or as the system says. The key is also read by `public/color-scheme.js`, before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "espigon-color-scheme" });
