// Runs before the first paint, so that a dark screen never flashes white. A file of its own: the page's
// Content-Security-Policy allows no inline script. The key is the one in src/app/colorScheme.ts.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem("espigon-color-scheme");
  } catch {
    // Storage is forbidden: follow the system.
  }
  const dark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
