import { choosesVersions, testStore } from "../support/store/test-store";
import { storageContract } from "./storage-contract";

await storageContract(choosesVersions(testStore("real")) ? ["real", "real-versioned", "real-suspended"] : ["real"]);
