import type { Ports } from "~/ports/index.server";
import { StorageError } from "~/ports/storage.server";

type Before = (method: string, key: string) => unknown;

/** Ports that tell of each call to the store before it is made; what is thrown then fails it. */
export function portsThatTell(ports: Ports, before: Before): Ports {
  const storage = new Proxy(ports.storage, {
    get(from, name) {
      const value: unknown = Reflect.get(from, name);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        if (typeof args[0] === "string") await before(String(name), args[0]);
        return value.apply(from, args);
      };
    },
  });
  return { ...ports, storage };
}

/** Ports to a store that refuses some calls for always. */
export const portsThatRefuse = (ports: Ports, isRefused: (method: string, key: string) => boolean) =>
  portsThatTell(ports, (method, key) => {
    if (isRefused(method, key)) throw new StorageError("denied", `S3 refused to ${method} ${key}.`, false);
  });

/** Ports whose first such call waits until something else has been done. */
export function portsThatWait(
  ports: Ports,
  isAwaited: (method: string, key: string) => boolean,
  act: () => Promise<unknown>,
): Ports {
  let acted = false;
  return portsThatTell(ports, async (method, key) => {
    if (acted || !isAwaited(method, key)) return;
    acted = true;
    await act();
  });
}
