import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { keepPagesThroughFailures } from "./web/connection/router-fetch";

// Radix locks scrolling with a <style> of its own and takes the nonce for it from this global (npm: get-nonce).
Object.assign(globalThis, { __webpack_nonce__: document.querySelector<HTMLElement>("script[nonce]")?.nonce });

keepPagesThroughFailures();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
