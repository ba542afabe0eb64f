import { storageContract } from "./storage-contract.ts";

await storageContract(["ceph", "ceph-versioned", "ceph-suspended"]);
