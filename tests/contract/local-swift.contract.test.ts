import { storageContract } from "./storage-contract";

await storageContract(["swift"]);
