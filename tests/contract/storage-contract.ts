import { describe } from "vitest";
import { openContractServer } from "./contract-server";
import { expectedOf } from "./expected";
import { conditionsContract } from "./suite/conditions";
import { copiesContract } from "./suite/copies";
import { deletesContract } from "./suite/deletes";
import { digestsContract } from "./suite/digests";
import { environmentContract } from "./suite/environment";
import { extrasContract } from "./suite/extras";
import { keysContract } from "./suite/keys";
import { linksContract } from "./suite/links";
import { listingsContract } from "./suite/listings";
import { objectsContract } from "./suite/objects";
import { uploadsContract } from "./suite/uploads";
import { versionsContract } from "./suite/versions";

/**
 * What the product relies on in any S3 store, and in what each store is known to differ (expected.ts). The local stores and
 * the real ones pass the same tests. Each test works below a folder of its own.
 */
export async function storageContract(names: string[]) {
  for (const name of names) {
    const server = await openContractServer(name);
    const expected = expectedOf(server.store);
    describe(name, () => {
      keysContract(server);
      listingsContract(server);
      objectsContract(server);
      copiesContract(server);
      deletesContract(server);
      linksContract(server);
      environmentContract(server);
      conditionsContract(server, expected);
      digestsContract(server, expected);
      extrasContract(server, expected);
      uploadsContract(server, expected);
      versionsContract(server, expected);
    });
  }
}
