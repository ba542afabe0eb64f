import { describe } from "vitest";
import { openContractServer } from "./contract-server.ts";
import { expectedOf } from "./expected.ts";
import { conditionsContract } from "./suite/conditions.ts";
import { copiesContract } from "./suite/copies.ts";
import { deletesContract } from "./suite/deletes.ts";
import { digestsContract } from "./suite/digests.ts";
import { environmentContract } from "./suite/environment.ts";
import { extrasContract } from "./suite/extras.ts";
import { keysContract } from "./suite/keys.ts";
import { linksContract } from "./suite/links.ts";
import { listingsContract } from "./suite/listings.ts";
import { objectsContract } from "./suite/objects.ts";
import { versionsContract } from "./suite/versions.ts";

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
      versionsContract(server, expected);
    });
  }
}
