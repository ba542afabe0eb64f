import { useEffect, useLayoutEffect as useReactLayoutEffect } from "react";

/** React's, for components that the server draws too: there it does nothing, and React would say so each time. */
export const useLayoutEffect = typeof document === "undefined" ? useEffect : useReactLayoutEffect;
