/** The web process as pm2's cluster mode starts it, which takes JavaScript only. Everything else is in server.ts. */
import { register } from "tsx/esm/api";

register();
import("./server").catch((error) => {
  // pm2 would leave a process that could not even be loaded hanging there.
  console.error(error);
  process.exit(1);
});
