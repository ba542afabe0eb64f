import { choosesVersions, testStore } from "../support/test-store.ts";
import { storageContract } from "./storage-contract.ts";

await storageContract(choosesVersions(testStore("real")) ? ["real", "real-versioned", "real-suspended"] : ["real"]);
