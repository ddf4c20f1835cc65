/** What the browser believes about the network. `false` is reliable, `true` only means "perhaps". */
export type NetworkState = {
  readonly isOnline: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
};

export function browserNetworkState(): NetworkState {
  return {
    isOnline: () => window.navigator.onLine,
    subscribe(listener) {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
  };
}
