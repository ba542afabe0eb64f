/** Options of the Remix Vite plugin; `vite.config.ts` imports them. */
export default {
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    // The console has a few dozen pages; to find them one by one is a request more that can fail under a click.
    v3_lazyRouteDiscovery: false,
    v3_singleFetch: true,
    v3_routeConfig: true,
  },
};
