import { createContext, useContext } from "react";

/** The nonce of this document's Content-Security-Policy; "" in the browser, which hides nonces from scripts. */
export const NonceContext = createContext("");

/** For every inline script and for `<Scripts>`, `<ScrollRestoration>`, `<Links>`: without it they do not run. */
export const useNonce = () => useContext(NonceContext);
