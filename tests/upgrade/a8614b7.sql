PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);
CREATE TABLE "Image" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "ownerId" TEXT,
    "readEtag" TEXT,
    "contentType" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "sha256" TEXT,
    "unreadableClass" TEXT,
    "unreadable" TEXT,
    "thumbnailEtag" TEXT,
    "modifiedAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "goneAt" DATETIME,
    CONSTRAINT "Image_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Owner" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "Owner" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" DATETIME NOT NULL
);
CREATE TABLE "PromptVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "attributes" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "examples" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);
CREATE TABLE "LabelRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "jobRunId" INTEGER NOT NULL,
    "promptVersionId" INTEGER,
    "scope" TEXT NOT NULL,
    "quoteUsd" REAL,
    "budgetUsd" REAL,
    "promotedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "LabelRun_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LabelRun_promptVersionId_fkey" FOREIGN KEY ("promptVersionId") REFERENCES "PromptVersion" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "ModelCall" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "requestHash" TEXT NOT NULL,
    "reservedUsd" REAL NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "rawResponse" TEXT,
    "promptTokens" INTEGER,
    "imageTokens" INTEGER,
    "outputTokens" INTEGER,
    "usd" REAL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "ModelCall_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ModelCall_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Proposal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "confidence" REAL,
    "estimate" REAL,
    "decision" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Proposal_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Proposal_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Finding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "firstSnapshotId" INTEGER NOT NULL,
    "lastSnapshotId" INTEGER NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "closedAt" DATETIME
, "ignoreReason" TEXT, "ignoredAt" DATETIME, "ignoredBy" TEXT, "ignoredByName" TEXT);
CREATE TABLE "JobRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lane" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "autoApply" BOOLEAN NOT NULL DEFAULT false,
    "planHash" TEXT,
    "summary" TEXT,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "scheduleId" TEXT,
    "slot" DATETIME,
    "undoOfId" INTEGER,
    "errorClass" TEXT,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "plannedAt" DATETIME,
    "appliedAt" DATETIME,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "expiresAt" DATETIME,
    "itemsRemovedAt" DATETIME,
    "worker" TEXT,
    "token" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" DATETIME,
    CONSTRAINT "JobRun_undoOfId_fkey" FOREIGN KEY ("undoOfId") REFERENCES "JobRun" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "JobChunk" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "worker" TEXT,
    "token" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" DATETIME,
    "deaths" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "JobChunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "JobItem" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "label" TEXT,
    "before" TEXT,
    "target" TEXT,
    "after" TEXT,
    "etag" TEXT,
    "outcome" TEXT,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "begun" INTEGER NOT NULL DEFAULT 0,
    "errorClass" TEXT,
    "error" TEXT,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "JobItem_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "Operator" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "signedInAt" DATETIME,
    "removedAt" DATETIME
);
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "operatorId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "Session_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "lastSlot" DATETIME NOT NULL,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "missedSince" DATETIME,
    "updatedAt" DATETIME NOT NULL
);
CREATE TABLE "AuditEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "sentence" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Image_key_key" ON "Image"("key");
CREATE INDEX "Image_ownerId_idx" ON "Image"("ownerId");
CREATE INDEX "Image_kind_goneAt_idx" ON "Image"("kind", "goneAt");
CREATE UNIQUE INDEX "PromptVersion_hash_key" ON "PromptVersion"("hash");
CREATE UNIQUE INDEX "PromptVersion_name_version_key" ON "PromptVersion"("name", "version");
CREATE UNIQUE INDEX "LabelRun_jobRunId_key" ON "LabelRun"("jobRunId");
CREATE INDEX "ModelCall_labelRunId_imageId_idx" ON "ModelCall"("labelRunId", "imageId");
CREATE INDEX "ModelCall_requestHash_idx" ON "ModelCall"("requestHash");
CREATE UNIQUE INDEX "Proposal_labelRunId_imageId_attribute_key" ON "Proposal"("labelRunId", "imageId", "attribute");
CREATE INDEX "Finding_root_closedAt_idx" ON "Finding"("root", "closedAt");
CREATE UNIQUE INDEX "Finding_root_type_subject_key" ON "Finding"("root", "type", "subject");
CREATE INDEX "JobRun_status_lane_id_idx" ON "JobRun"("status", "lane", "id");
CREATE INDEX "JobRun_kind_id_idx" ON "JobRun"("kind", "id");
CREATE INDEX "JobRun_undoOfId_idx" ON "JobRun"("undoOfId");
CREATE UNIQUE INDEX "JobRun_scheduleId_slot_key" ON "JobRun"("scheduleId", "slot");
CREATE INDEX "JobChunk_status_runId_seq_idx" ON "JobChunk"("status", "runId", "seq");
CREATE INDEX "JobChunk_leaseUntil_idx" ON "JobChunk"("leaseUntil");
CREATE INDEX "JobItem_runId_outcome_errorClass_seq_idx" ON "JobItem"("runId", "outcome", "errorClass", "seq");
CREATE UNIQUE INDEX "Operator_email_key" ON "Operator"("email");
CREATE INDEX "Session_operatorId_idx" ON "Session"("operatorId");
CREATE INDEX "AuditEvent_subject_id_idx" ON "AuditEvent"("subject", "id");
CREATE INDEX "AuditEvent_action_id_idx" ON "AuditEvent"("action", "id");
CREATE TRIGGER "AuditEvent_refuses_update" BEFORE UPDATE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be changed.'); END;
CREATE TRIGGER "AuditEvent_refuses_delete" BEFORE DELETE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be removed.'); END;
CREATE TABLE "Label" (
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 1,
    "etag" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "confidence" REAL,
    "labelRunId" INTEGER,
    "acceptedBy" TEXT NOT NULL,
    "acceptedAt" DATETIME NOT NULL,

    PRIMARY KEY ("imageId", "attribute"),
    CONSTRAINT "Label_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "ObjectMove" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "fromEtag" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "toEtag" TEXT,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "ObjectMove_runId_seq_fkey" FOREIGN KEY ("runId", "seq") REFERENCES "JobItem" ("runId", "seq") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "ObjectListing" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "objects" TEXT NOT NULL
);
CREATE TABLE "Alert" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cause" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "closedBy" TEXT,
    "closedByName" TEXT
);
CREATE TABLE "Group" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "snapshotId" INTEGER NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "attributes" TEXT,
    "problem" TEXT,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "newestAt" DATETIME,
    "referenceKey" TEXT,
    "referenceEtag" TEXT,
    "listingHash" TEXT NOT NULL,
    CONSTRAINT "Group_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "GroupSnapshot" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Group_listingHash_fkey" FOREIGN KEY ("listingHash") REFERENCES "ObjectListing" ("hash") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Group_listingHash_idx" ON "Group"("listingHash");
CREATE UNIQUE INDEX "Group_snapshotId_prefix_key" ON "Group"("snapshotId", "prefix");
CREATE TABLE "GroupSnapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "jobRunId" INTEGER,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "straysHash" TEXT NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "asOf" DATETIME NOT NULL,
    CONSTRAINT "GroupSnapshot_straysHash_fkey" FOREIGN KEY ("straysHash") REFERENCES "ObjectListing" ("hash") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "GroupSnapshot_root_id_idx" ON "GroupSnapshot"("root", "id");
CREATE INDEX "ObjectMove_from_idx" ON "ObjectMove"("from");
CREATE INDEX "ObjectMove_to_idx" ON "ObjectMove"("to");
CREATE INDEX "Alert_closedAt_id_idx" ON "Alert"("closedAt", "id");
CREATE INDEX "Alert_cause_closedAt_idx" ON "Alert"("cause", "closedAt");
INSERT INTO "_prisma_migrations" VALUES('462757b0-9daa-4de5-89ae-795c809aa760','c9b9b8279d850c78becdcf46a3bf5e9e9efdd52cdd403abefdcfc6c910a23d63','2026-11-10T09:00:00.200+00:00','0001_init',NULL,NULL,'2026-11-10T09:00:00.100+00:00',1);
INSERT INTO "_prisma_migrations" VALUES('462757b0-9daa-4de5-89ae-795c809aa761','7e633a458dad5663f7b4dacbbd3c60e31e82994872b042863257e2ac321683b8','2026-11-10T09:00:01.200+00:00','0002_attribute_groups',NULL,NULL,'2026-11-10T09:00:01.100+00:00',1);
INSERT INTO "Image" VALUES(1,'generated/jun-park/2026/11/8c1f27d0.png','506d613389e90fc499853ba791e32e40',114,'generated','jun-park','506d613389e90fc499853ba791e32e40','image/png',8,8,'6ae375b4846dad3628cde1148eda844b1b62e2252dc93fbc37f293fb4d4f63a0',NULL,NULL,'506d613389e90fc499853ba791e32e40',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(2,'generated/sofia-reyes/2026/11/b7e0934a.png','ccb89036df9e9f3fcf59b5a804d766b2',112,'generated','sofia-reyes',NULL,'image/png',8,8,'b63aa99a3e8d999bda94ab1dec4edd786f8fdeaf7caa3fc131875fdc4ae3316d',NULL,NULL,'5ffbf103bfaefcc67e9f855c64775960',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(3,'generated/legacy-0007.png','3e6b1012c6108d70b9a10c2b7f23814b',114,'generated',NULL,'3e6b1012c6108d70b9a10c2b7f23814b','image/png',8,8,'e174045e2950bc5482741ba947195b360a7a0b06d99481e9e49dab3cce3bcc85',NULL,NULL,'3e6b1012c6108d70b9a10c2b7f23814b',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(4,'uploads/jun-park/2026/11/pose.png','b22cd62c1c548940c78200a08b8f16b4',114,'upload','jun-park',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(5,'generated/jun-park/2026/11/d2415e6f.png','8820e6748080f645b62a6ec3ae1307d5',114,'generated','jun-park','8820e6748080f645b62a6ec3ae1307d5','image/png',8,8,'9fe52e327fdd2c87c8e3bceec214aedde4b54c2e2783c1323d7a8c212752b2ab',NULL,NULL,'8820e6748080f645b62a6ec3ae1307d5',1794592845000,1794652845000,1795174845000);
INSERT INTO "Image" VALUES(6,'references/01. Model/IMG_2041.png','3ea666d97d30ec22adbb0727649e3e08',112,'reference',NULL,'3ea666d97d30ec22adbb0727649e3e08','image/png',8,8,'23527318095539d57039ca1ef31ff33a28d7f32b0ef686d93619ca03c73e8b44',NULL,NULL,'3ea666d97d30ec22adbb0727649e3e08',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(7,'references/01. Model/front_warm/notes.txt','8ae8f83e2051a14762cac47f0c3b4698',21,'reference',NULL,'8ae8f83e2051a14762cac47f0c3b4698',NULL,NULL,NULL,NULL,'not-an-image','Its bytes are no JPEG, PNG, WebP, GIF, AVIF or TIFF, whatever its name says.',NULL,1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(8,'references/01. Model/front_warm/reference.png','e5616c94b858f457e21914681d439f7b',114,'reference',NULL,'e5616c94b858f457e21914681d439f7b','image/png',8,8,'2a056f566054d148b53155b4bb3777857617a90181f0c9044f5b65b2cebe9178',NULL,NULL,'e5616c94b858f457e21914681d439f7b',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(9,'references/01. Model/front_warm/02.png','a0e18eefa395ebebe9fe0c30c6af1c2f',114,'reference',NULL,'a0e18eefa395ebebe9fe0c30c6af1c2f','image/png',8,8,'8f6b5656ad2febb1c54e52eac9a2576e8a99f7110ec554a847420adf5f744249',NULL,NULL,'a0e18eefa395ebebe9fe0c30c6af1c2f',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(10,'references/01. Model/front_warm/03.png','c17c6a8d137767f2c016d1602444b861',113,'reference',NULL,'c17c6a8d137767f2c016d1602444b861','image/png',8,8,'9f0a1902b277540cb9ea8b178a1a2275df6fd158792d7a75892210c17c5dd29b',NULL,NULL,'c17c6a8d137767f2c016d1602444b861',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(11,'references/01. Model/profile_neutral/reference.png','ef2bb169b7991db005f6e2e4b5cf19d0',115,'reference',NULL,'ef2bb169b7991db005f6e2e4b5cf19d0','image/png',8,8,'af470c14ceed56e0efd2eeae12fe48ec80d4737418ae2b7ef359b3907f91c8c7',NULL,NULL,'ef2bb169b7991db005f6e2e4b5cf19d0',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(12,'references/01. Model/profile_neutral/02.png','8f51f3e940a701924a693460dfb4730e',115,'reference',NULL,'8f51f3e940a701924a693460dfb4730e','image/png',8,8,'3a5a2e39bd2681d39dd63fd0d35665fecbe20ed93b2f744e02d71d77128516b3',NULL,NULL,'8f51f3e940a701924a693460dfb4730e',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(13,'references/01. Model/profile_neutral/03.png','3981daf4e2d18783484525525e993a75',115,'reference',NULL,'3981daf4e2d18783484525525e993a75','image/png',8,8,'0c54cfcc8914db7b890d82db798872bfd76a6cf9847a58e0c15761f17a2be821',NULL,NULL,'3981daf4e2d18783484525525e993a75',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(14,'references/01. Model/three-quarter_warm/reference.png','e9db6e16f34afeba5c7f988d3694a72f',113,'reference',NULL,'e9db6e16f34afeba5c7f988d3694a72f','image/png',8,8,'19d1426525409a0b1479fe8930e97523cb5fd412fc6d84aa9e2aabafcc29802c',NULL,NULL,'e9db6e16f34afeba5c7f988d3694a72f',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(15,'references/01. Model/three-quarter_warm/02.png','74e7c303bdf4a7eee9b35af9c50115a9',115,'reference',NULL,'74e7c303bdf4a7eee9b35af9c50115a9','image/png',8,8,'0cd52f03ff81bcbf9d5777beb2f9f0280f9c14e4e385dbfb3efa39b54ef2e51e',NULL,NULL,'74e7c303bdf4a7eee9b35af9c50115a9',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(16,'references/01. Model/three-quarter_warm/03.png','ca618f0232ea0dc657773d7ff11d9801',115,'reference',NULL,'ca618f0232ea0dc657773d7ff11d9801','image/png',8,8,'d93bbb007d0c0e983478830e134634cc0de3a892f22d9804f504bed4aec953c9',NULL,NULL,'ca618f0232ea0dc657773d7ff11d9801',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(17,'references/01. Model/front_cool/reference.png','39ced50479a82fb44cfd875a4b0ee74c',115,'reference',NULL,'39ced50479a82fb44cfd875a4b0ee74c','image/png',8,8,'12dad1c02192282b1e34b4bebb8196c0bbea7ef9e3b85f9a491e60255fab931c',NULL,NULL,'39ced50479a82fb44cfd875a4b0ee74c',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(18,'references/01. Model/front_cool/02.png','ad9a3d1f91c18a8b9a5e0fc740671602',113,'reference',NULL,'ad9a3d1f91c18a8b9a5e0fc740671602','image/png',8,8,'cb1bfadbe4d5b0e53347792169dd154678483bea08d3c7ceb23193fa77e943a0',NULL,NULL,'ad9a3d1f91c18a8b9a5e0fc740671602',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(19,'references/01. Model/back_warm/02.png','a3e5649f534cbe098ea997fca6e0244b',115,'reference',NULL,'a3e5649f534cbe098ea997fca6e0244b','image/png',8,8,'43eca9710cc3aff7d7eff8d71dfdd27c6b38543d1e8ebdabf062f5c6192f3603',NULL,NULL,'a3e5649f534cbe098ea997fca6e0244b',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(20,'references/01. Model/back_warm/03.png','f6150b7f1d09949cc1888f28202851fc',115,'reference',NULL,'f6150b7f1d09949cc1888f28202851fc','image/png',8,8,'c8ca1bc0f9c1b25b5c7d80b4d749883b53fbb48789f17c8c51c310bfcdd56bfa',NULL,NULL,'f6150b7f1d09949cc1888f28202851fc',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(21,'references/01. Model/back_neutral/reference.png','4b9f3f32208f66686e76f54951c54fe9',115,'reference',NULL,'4b9f3f32208f66686e76f54951c54fe9','image/png',8,8,'22952c1b92f5a7006acf8218c16b26ec711bd7dd9bd4c650d7380769b795f967',NULL,NULL,'4b9f3f32208f66686e76f54951c54fe9',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(22,'references/01. Model/profile_cool/reference.png','23f15aabd94fdd0d5d71753000a053ea',113,'reference',NULL,'23f15aabd94fdd0d5d71753000a053ea','image/png',8,8,'12a36d68db00bd5782df65ae1344cbb882baed2ee545dfa17596730c95b32815',NULL,NULL,'23f15aabd94fdd0d5d71753000a053ea',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(23,'references/01. Model/profile_cool/02.png','1026cf32a6706b564528c71b0a13bb9f',115,'reference',NULL,'1026cf32a6706b564528c71b0a13bb9f','image/png',8,8,'6b160ca1539a3ddbf78355ca9285bc2723604fced6a28311255593d717eb53f6',NULL,NULL,'1026cf32a6706b564528c71b0a13bb9f',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(24,'misc/scan.png','95cf8141950497a671d630dbf402114b',115,'other',NULL,'95cf8141950497a671d630dbf402114b','image/png',8,8,'27d897c23e841e219cbdc103ff821b91322b13ca62d9e25a2a0d8f6f4d41a2cd',NULL,NULL,'95cf8141950497a671d630dbf402114b',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(25,'references/01. Model/side view??/01.png','27c584cf38fadd0130c25dba92e7c667',115,'reference',NULL,'27c584cf38fadd0130c25dba92e7c667','image/png',8,8,'cd01b62e64421d1d5dcf61e20f7c45f1d67630f24e195d822dd124f91c0fafcc',NULL,NULL,'27c584cf38fadd0130c25dba92e7c667',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(101,'references/01. Model/front_warm/000101.png','7d38e9787fef8534e1006a189215837c',116,'reference',NULL,'7d38e9787fef8534e1006a189215837c','image/png',8,8,'3de0ebe5b371f95ff2de7230f9e8c3d7f32a00b69bdc92201fe3825b0c1360c9',NULL,NULL,'7d38e9787fef8534e1006a189215837c',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(102,'generated/maker-00/2026/11/000102.png','90f3e751afb83f083b7a5df074e3bab2',114,'generated','maker-00','90f3e751afb83f083b7a5df074e3bab2','image/png',8,8,'cf6f99ad6ea0ca920154826ff0d9ced84c229cc9444d68bf1bbd37e5a4db937f',NULL,NULL,'90f3e751afb83f083b7a5df074e3bab2',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(103,'references/01. Model/profile_neutral/000103.png','9ec21ec56a9a91859a47969dee4c3007',116,'reference',NULL,'9ec21ec56a9a91859a47969dee4c3007','image/png',8,8,'7920befb7bed5c128cb5e35f9133b525650b2e61845b5aebfba377c1e22187ac',NULL,NULL,'9ec21ec56a9a91859a47969dee4c3007',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(104,'generated/maker-01/2026/11/000104.png','cf5d49b1e86b08a4ec3d55f6c09bcaa1',116,'generated','maker-01','cf5d49b1e86b08a4ec3d55f6c09bcaa1','image/png',8,8,'c3d4a88a548b5a1551cc91a3c6a06531beb3da455bcbfcfc6c90adfc0b04c217',NULL,NULL,'cf5d49b1e86b08a4ec3d55f6c09bcaa1',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(105,'references/01. Model/three-quarter_warm/000105.png','927096407f1d3abd2e3333c59f2ffe59',116,'reference',NULL,'927096407f1d3abd2e3333c59f2ffe59','image/png',8,8,'0b06c0b8651610fc35f84279a334d8db01e05b96d9a6b2f97c26178e046415e0',NULL,NULL,'927096407f1d3abd2e3333c59f2ffe59',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(106,'generated/maker-02/2026/11/000106.png','965d361090a2ecd4a9327a69857b6192',114,'generated','maker-02','965d361090a2ecd4a9327a69857b6192','image/png',8,8,'322f87edcb80e26cad0c674a07331427459eec4d78fd69533d85d5cbc86bbd54',NULL,NULL,'965d361090a2ecd4a9327a69857b6192',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(107,'references/01. Model/front_warm/000107.png','70dc111a7ab2b9dd81743fc16d44f14c',116,'reference',NULL,'70dc111a7ab2b9dd81743fc16d44f14c','image/png',8,8,'f8eb842dd5e2fdd171d5425349e1b3cde6d24f2a54d96cbf9a59e151b3c3ac30',NULL,NULL,'70dc111a7ab2b9dd81743fc16d44f14c',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(108,'generated/maker-03/2026/11/000108.png','a2c7068ad9238582854ecf6757fe954e',116,'generated','maker-03','a2c7068ad9238582854ecf6757fe954e','image/png',8,8,'1af7c44e25579edb717d29c39e02d6633a2890317185acc012c38d2c192db552',NULL,NULL,'a2c7068ad9238582854ecf6757fe954e',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(109,'references/01. Model/profile_neutral/000109.png','11d1b814d9d1bc1c7891abeafd309c04',116,'reference',NULL,'11d1b814d9d1bc1c7891abeafd309c04','image/png',8,8,'f4dc6df346f93076ef86796c4c3543124ea442dd44ac1ef3277673092de01110',NULL,NULL,'11d1b814d9d1bc1c7891abeafd309c04',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(110,'generated/maker-04/2026/11/000110.png','ea5477cff346acc6b4ec39d861c75698',114,'generated','maker-04','ea5477cff346acc6b4ec39d861c75698','image/png',8,8,'94abf49a636049bc13a1de53c27d07a87c2be04766dc6c6604b5e26a33cf8c6b',NULL,NULL,'ea5477cff346acc6b4ec39d861c75698',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(111,'references/01. Model/three-quarter_warm/000111.png','9316170709cfd9cd996bc2c3553bb34d',116,'reference',NULL,'9316170709cfd9cd996bc2c3553bb34d','image/png',8,8,'6f03a6524872bec7e890ed8ed3b893da582b6338b29e40078bb0b80b53167f08',NULL,NULL,'9316170709cfd9cd996bc2c3553bb34d',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(112,'generated/maker-05/2026/11/000112.png','80d6603238f1c6590c84567dec2ce036',116,'generated','maker-05','80d6603238f1c6590c84567dec2ce036','image/png',8,8,'0f719dcf770c2418246e05b84e8250e8415a74b286c9e0a0bbde812f5403f0f5',NULL,NULL,'80d6603238f1c6590c84567dec2ce036',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(113,'references/01. Model/front_warm/000113.png','0ec2fd9c525ef108f6ee71cfa8111ea3',116,'reference',NULL,'0ec2fd9c525ef108f6ee71cfa8111ea3','image/png',8,8,'5501d1724501a6cccbc40cfafc192a89dfb427e7695f3de490da6fe1c8bf962f',NULL,NULL,'0ec2fd9c525ef108f6ee71cfa8111ea3',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(114,'generated/maker-06/2026/11/000114.png','9f08c73142b10d13d497f26ba8c98e6c',114,'generated','maker-06','9f08c73142b10d13d497f26ba8c98e6c','image/png',8,8,'5cbdbf2f4f22906d435108b3029e9d16bcfbdfeb8a614d03846678ea09ff44eb',NULL,NULL,'9f08c73142b10d13d497f26ba8c98e6c',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(115,'references/01. Model/profile_neutral/000115.png','70483d14f6a9c5c9e75382247e901fa7',116,'reference',NULL,'70483d14f6a9c5c9e75382247e901fa7','image/png',8,8,'d94ea8faed14f29ee172fd4c10b07cf0876ff00276bb1f99c7af683dc58a3e08',NULL,NULL,'70483d14f6a9c5c9e75382247e901fa7',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(116,'generated/maker-07/2026/11/000116.png','baa8bddcd89d1c6a01f29cbc03fc02a7',116,'generated','maker-07','baa8bddcd89d1c6a01f29cbc03fc02a7','image/png',8,8,'1c66463d5ac2010f1555c35d3c40db9efac5c3389456783c31b3dd20481b3cf3',NULL,NULL,'baa8bddcd89d1c6a01f29cbc03fc02a7',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(117,'references/01. Model/three-quarter_warm/000117.png','3188acb9e1f02b7e67f6c7432cd5339b',116,'reference',NULL,'3188acb9e1f02b7e67f6c7432cd5339b','image/png',8,8,'f10b441188eaf785d55fdca89f9e741545508ac463affc9d22f0649e5875e726',NULL,NULL,'3188acb9e1f02b7e67f6c7432cd5339b',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(118,'generated/maker-08/2026/11/000118.png','ec78536b468a9b954c0d7e9c15701d89',114,'generated','maker-08','ec78536b468a9b954c0d7e9c15701d89','image/png',8,8,'b14969242665cc9005b0a6d9713021d2873f01341825744ebc3579aefad0bd38',NULL,NULL,'ec78536b468a9b954c0d7e9c15701d89',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(119,'references/01. Model/front_warm/000119.png','35d5f69471489292eacd0bdef49c00ba',116,'reference',NULL,'35d5f69471489292eacd0bdef49c00ba','image/png',8,8,'f6850a7ef0519034a87cd10dda90f27d0725bd9f8a1fbfac39fc9c8a14737c54',NULL,NULL,'35d5f69471489292eacd0bdef49c00ba',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(120,'generated/maker-09/2026/11/000120.png','dbb19e85ed39bdad60645bc03d6f7049',116,'generated','maker-09','dbb19e85ed39bdad60645bc03d6f7049','image/png',8,8,'be86da44ee565dd5aaa0807cc26cfec39ff011ff00e51d26329e185a8cd34b54',NULL,NULL,'dbb19e85ed39bdad60645bc03d6f7049',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(121,'references/01. Model/profile_neutral/000121.png','50d9b6ab49b32cdd2c6050eb5708a6f2',116,'reference',NULL,'50d9b6ab49b32cdd2c6050eb5708a6f2','image/png',8,8,'b81e8424a012123f57b3d7c1c551cf429dcdc0df4f526e04c7a8db6e2e934e15',NULL,NULL,'50d9b6ab49b32cdd2c6050eb5708a6f2',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(122,'generated/maker-10/2026/11/000122.png','97a9d7fbc46d282a643d7e254efedb16',114,'generated','maker-10','97a9d7fbc46d282a643d7e254efedb16','image/png',8,8,'ea9513c9c34ed4d768c26dff1205e45879a7fea9ebb950b67d0555188c91f5a4',NULL,NULL,'97a9d7fbc46d282a643d7e254efedb16',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(123,'references/01. Model/three-quarter_warm/000123.png','dd12b9e04e0e82aa9710a0db04b3326e',116,'reference',NULL,'dd12b9e04e0e82aa9710a0db04b3326e','image/png',8,8,'3c532f4132dd0a399fb9f9a62148ef5165f360899c696be4182fdbe0a09c5a35',NULL,NULL,'dd12b9e04e0e82aa9710a0db04b3326e',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(124,'generated/maker-11/2026/11/000124.png','03cfb9170b24e4a1aaba696a15791e19',116,'generated','maker-11','03cfb9170b24e4a1aaba696a15791e19','image/png',8,8,'b902cb6d2cf63bd7d748b5429dc955917df963dbbd734a79d9ac921601676724',NULL,NULL,'03cfb9170b24e4a1aaba696a15791e19',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(125,'references/01. Model/front_warm/000125.png','8e80aecb6b6fd34e145e1fe6014965c3',116,'reference',NULL,'8e80aecb6b6fd34e145e1fe6014965c3','image/png',8,8,'5881d6f81e48aecb945a62f17b505ad0021a690eaefbc2718edee76e7a0e1abe',NULL,NULL,'8e80aecb6b6fd34e145e1fe6014965c3',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(126,'generated/maker-12/2026/11/000126.png','156371298977c37b2f2a6a43ebcc2025',114,'generated','maker-12','156371298977c37b2f2a6a43ebcc2025','image/png',8,8,'785391e9bcfc85cd8308da919549caa1bfe1352fa360b7f72c815f8516244505',NULL,NULL,'156371298977c37b2f2a6a43ebcc2025',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(127,'references/01. Model/profile_neutral/000127.png','a5772e1589945becd78386dc65a030b2',116,'reference',NULL,'a5772e1589945becd78386dc65a030b2','image/png',8,8,'12f42742ebf461f0ab017e0ede71c34951a98f5096aa60d76e248bb5d79f0995',NULL,NULL,'a5772e1589945becd78386dc65a030b2',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(128,'generated/maker-13/2026/11/000128.png','1422caa8f18365939e46ce71bdbb64bf',116,'generated','maker-13','1422caa8f18365939e46ce71bdbb64bf','image/png',8,8,'cb0a97262fc38119d5ed41a4392539b5d2c65734d2531a0d2a81391de94d8951',NULL,NULL,'1422caa8f18365939e46ce71bdbb64bf',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(129,'references/01. Model/three-quarter_warm/000129.png','994342f91836f3c9f0cefb83208beeb5',116,'reference',NULL,'994342f91836f3c9f0cefb83208beeb5','image/png',8,8,'a184fa26bcace8dd78590d30e93b96075dadb63a70b8216084a79aa3d8964ca7',NULL,NULL,'994342f91836f3c9f0cefb83208beeb5',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(130,'generated/maker-14/2026/11/000130.png','0a85bfb438a4bedc90ac52dacfe5b1d1',114,'generated','maker-14','0a85bfb438a4bedc90ac52dacfe5b1d1','image/png',8,8,'e4b4398c2bdeef9617ca9e42ef131a08f51accbd19274739d680ab690b51de46',NULL,NULL,'0a85bfb438a4bedc90ac52dacfe5b1d1',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(131,'references/01. Model/front_warm/000131.png','db3d3e95bf4a00ad64729203f570fc80',116,'reference',NULL,'db3d3e95bf4a00ad64729203f570fc80','image/png',8,8,'f9b384501025e6e57a6c97a65bdf9ea3b0eb4377c5df70d5278bea528d28fb1a',NULL,NULL,'db3d3e95bf4a00ad64729203f570fc80',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(132,'generated/maker-15/2026/11/000132.png','673826cb6faec2c8231f8436ccadfd65',116,'generated','maker-15','673826cb6faec2c8231f8436ccadfd65','image/png',8,8,'1463c7178ffca5eb9960936a676de4e492b0dd8369e23fc84eb4901cfd97b7f1',NULL,NULL,'673826cb6faec2c8231f8436ccadfd65',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(133,'references/01. Model/profile_neutral/000133.png','14d8f9bec7aa3fa5086a7208abe5ee81',116,'reference',NULL,'14d8f9bec7aa3fa5086a7208abe5ee81','image/png',8,8,'fba916dea99a9e75e7a30d541773043e8c64f0b0f7f31f581c51af450bb82418',NULL,NULL,'14d8f9bec7aa3fa5086a7208abe5ee81',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(134,'generated/maker-16/2026/11/000134.png','a64809200fa9a7a84032865fe04223ed',114,'generated','maker-16','a64809200fa9a7a84032865fe04223ed','image/png',8,8,'e9487b1abd51d7478496ec686d4495d85225046ac736bb80f0568c0a1572f140',NULL,NULL,'a64809200fa9a7a84032865fe04223ed',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(135,'references/01. Model/three-quarter_warm/000135.png','8c6dc23196d03629f307d91041db1d56',116,'reference',NULL,'8c6dc23196d03629f307d91041db1d56','image/png',8,8,'d5f8f13d2ab09b8f3eff39ae920b198be7e4d8066f94fa6ad22c1dd8d09efded',NULL,NULL,'8c6dc23196d03629f307d91041db1d56',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(136,'generated/maker-17/2026/11/000136.png','9b32a101b1d8d31a92e8569db8c11338',116,'generated','maker-17','9b32a101b1d8d31a92e8569db8c11338','image/png',8,8,'26f1898071580804d76c3b74edfc3a751ec83105767898d0dfc3c00cbabedb75',NULL,NULL,'9b32a101b1d8d31a92e8569db8c11338',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(137,'references/01. Model/front_warm/000137.png','dac2a0a7f460d05fe0959c3bf80624fe',116,'reference',NULL,'dac2a0a7f460d05fe0959c3bf80624fe','image/png',8,8,'0fd488a187efc1c9539046a84ca250e245c7aad1ecccb86d7cbbbed79fb7afd1',NULL,NULL,'dac2a0a7f460d05fe0959c3bf80624fe',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(138,'generated/maker-18/2026/11/000138.png','34b1e28aa9d92736c1cee597a9409595',114,'generated','maker-18','34b1e28aa9d92736c1cee597a9409595','image/png',8,8,'c597308fd2bfb2449b548614bf4d195501f72ab94354d076cb78a0a5355eb1e9',NULL,NULL,'34b1e28aa9d92736c1cee597a9409595',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(139,'references/01. Model/profile_neutral/000139.png','3d32f01ff6629fb7604e35cdc599eec1',116,'reference',NULL,'3d32f01ff6629fb7604e35cdc599eec1','image/png',8,8,'3a81dd1d5f582a6ed6aa301055203ecafe7df29b793a895cd1bc976d3f7a8203',NULL,NULL,'3d32f01ff6629fb7604e35cdc599eec1',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(140,'generated/maker-19/2026/11/000140.png','8405c186d964a357b319b7e6e550cf99',116,'generated','maker-19','8405c186d964a357b319b7e6e550cf99','image/png',8,8,'dce8c383f4632bb42bd4f4c866b4f12568fa4d985b927bd74dafa0b9897fcdeb',NULL,NULL,'8405c186d964a357b319b7e6e550cf99',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(141,'references/01. Model/three-quarter_warm/000141.png','ca38bc502bec442426f20d8ae7a8ac0c',116,'reference',NULL,'ca38bc502bec442426f20d8ae7a8ac0c','image/png',8,8,'dda0b9ac4cef22603d305d2e5c657df78870631279f1ca9d21a005b28899550c',NULL,NULL,'ca38bc502bec442426f20d8ae7a8ac0c',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(142,'generated/maker-20/2026/11/000142.png','50c25715cba298a522f5857227e0eec7',114,'generated','maker-20','50c25715cba298a522f5857227e0eec7','image/png',8,8,'1b7c41d965b35723e30ae2a964d9b425d5e50d5e4d471e54a812038c50f7fc95',NULL,NULL,'50c25715cba298a522f5857227e0eec7',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(143,'references/01. Model/front_warm/000143.png','babb7a4ba35221fd2e02b00da3cf3b32',116,'reference',NULL,'babb7a4ba35221fd2e02b00da3cf3b32','image/png',8,8,'9f980681fd8d09e9755646a4f5971553ea0128fb1091da8ec0188a7afc087f3d',NULL,NULL,'babb7a4ba35221fd2e02b00da3cf3b32',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(144,'generated/maker-21/2026/11/000144.png','cd208d296e74c1cf5be89575a81f1be2',116,'generated','maker-21','cd208d296e74c1cf5be89575a81f1be2','image/png',8,8,'b04e5c7b00719ac3fce9efd895549a3c3360420f2051aaf879e6613d9fd163d3',NULL,NULL,'cd208d296e74c1cf5be89575a81f1be2',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(145,'references/01. Model/profile_neutral/000145.png','471505740982c57c24c9778d9b3e0b23',116,'reference',NULL,'471505740982c57c24c9778d9b3e0b23','image/png',8,8,'d59585a3ce0eaa7320a3808146d4e240076dec76e8c97c5c41ca0557e2ff75e4',NULL,NULL,'471505740982c57c24c9778d9b3e0b23',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(146,'generated/maker-22/2026/11/000146.png','8caa9545ad46055a7691ead13271f320',114,'generated','maker-22','8caa9545ad46055a7691ead13271f320','image/png',8,8,'0f5845d031b00aecce704ebb5e85f246ff41b1fad1507ee08ecf73a7b3a1ea74',NULL,NULL,'8caa9545ad46055a7691ead13271f320',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(147,'references/01. Model/three-quarter_warm/000147.png','ffb438fad7116a1c77c25bffc943fcc8',116,'reference',NULL,'ffb438fad7116a1c77c25bffc943fcc8','image/png',8,8,'d0b361ee606bfa9db0587950d720d0240fed033c9201175ebd023541470a38b4',NULL,NULL,'ffb438fad7116a1c77c25bffc943fcc8',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(148,'generated/maker-23/2026/11/000148.png','ac62bb23bcd0edfd1a2f992ce0d6363d',116,'generated','maker-23','ac62bb23bcd0edfd1a2f992ce0d6363d','image/png',8,8,'0bf27ea89b65d4c9d205d18872b1838d70b251c37e0331cbe041a98d22d9ccfe',NULL,NULL,'ac62bb23bcd0edfd1a2f992ce0d6363d',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(149,'references/01. Model/front_warm/000149.png','7c4c9a6eccab28b4847333edde5e614a',116,'reference',NULL,'7c4c9a6eccab28b4847333edde5e614a','image/png',8,8,'469f4bc3ae94106b7b040af093fc6a82772fabdc83a7c0914e55e97e9e05c3d6',NULL,NULL,'7c4c9a6eccab28b4847333edde5e614a',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(150,'generated/maker-24/2026/11/000150.png','9dbe93e3eab6e3c8dd2bb1cca3c9df04',114,'generated','maker-24','9dbe93e3eab6e3c8dd2bb1cca3c9df04','image/png',8,8,'5c4759ba0d9d15d2b1d56f0d0b2b2830238d28cdeee2bc206d65c635e8ee969c',NULL,NULL,'9dbe93e3eab6e3c8dd2bb1cca3c9df04',1794592845000,1794652845000,NULL);
INSERT INTO "Image" VALUES(151,'references/01. Model/profile_neutral/000151.png','7603df43faf5baf991fdb5eb96706c43',116,'reference',NULL,'7603df43faf5baf991fdb5eb96706c43','image/png',8,8,'effc917c89911704c15c26471be88832a0ce93eae74043d48ccd7ebd9121f7f8',NULL,NULL,'7603df43faf5baf991fdb5eb96706c43',1794592845000,1794652845000,NULL);
INSERT INTO "Owner" VALUES('jun-park','Jun Park','jun@example.com',1794652845000);
INSERT INTO "Owner" VALUES('maker-00','maker-00',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-01','maker-01',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-02','maker-02',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-03','maker-03',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-04','maker-04',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-05','maker-05',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-06','maker-06',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-07','maker-07',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-08','maker-08',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-09','maker-09',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-10','maker-10',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-11','maker-11',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-12','maker-12',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-13','maker-13',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-14','maker-14',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-15','maker-15',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-16','maker-16',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-17','maker-17',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-18','maker-18',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-19','maker-19',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-20','maker-20',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-21','maker-21',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-22','maker-22',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-23','maker-23',NULL,1794652845000);
INSERT INTO "Owner" VALUES('maker-24','maker-24',NULL,1794652845000);
INSERT INTO "Owner" VALUES('sofia-reyes','sofia-reyes',NULL,1794652845000);
INSERT INTO "PromptVersion" VALUES(1,'Personas',1,'9753012ebf89d3be119ae3b1d6e1bd5765e89d9d35461949e41dd0bd870ff820','You label reference photos of an AI image studio.'||char(10)||''||char(10)||'Look at the last picture and describe the persona.','{"angle":{"values":["front","three-quarter","profile","back"]},"tone":{"values":["warm","neutral","cool"]},"expression":{"values":["neutral","smiling","serious","other"]},"hairLength":{"values":["short","medium","long","covered"]},"wardrobe":{"values":["casual","formal","sport","other"]},"ageRange":{"values":["child","teen","20s","30s","40s","50s","60s","70+"],"estimate":"years"}}','{"model":"gemini-2.5-flash","temperature":0,"maxOutputTokens":1024,"thinkingBudget":0,"imageEdge":768}','[{"key":"references/01. Model/front_warm/reference.png","etag":"e5616c94b858f457e21914681d439f7b","labels":{"angle":"front","tone":"warm"}},{"key":"references/01. Model/profile_neutral/reference.png","etag":"ef2bb169b7991db005f6e2e4b5cf19d0","labels":{"angle":"profile","tone":"neutral"}},{"key":"references/01. Model/three-quarter_warm/reference.png","etag":"e9db6e16f34afeba5c7f988d3694a72f","labels":{"angle":"three-quarter","tone":"warm"}}]',1795012845000);
INSERT INTO "PromptVersion" VALUES(2,'Personas',2,'65ba4d85017dcfb6e030a4e41568c2f37e2d442084f6cf8d0f40b991f185ecb7','You label reference photos of an AI image studio.'||char(10)||''||char(10)||'Judge only what the last picture shows.','{"angle":{"values":["front","three-quarter","profile","back"]},"tone":{"values":["warm","neutral","cool"]},"expression":{"values":["neutral","smiling","serious","other"]},"hairLength":{"values":["short","medium","long","covered"]},"wardrobe":{"values":["casual","formal","sport","other"]},"ageRange":{"values":["child","teen","20s","30s","40s","50s","60s","70+"],"estimate":"years"}}','{"model":"gemini-2.5-flash","temperature":0,"maxOutputTokens":1024,"thinkingBudget":0,"imageEdge":768}','[{"key":"references/01. Model/front_warm/reference.png","etag":"e5616c94b858f457e21914681d439f7b","labels":{"angle":"front","tone":"warm"}},{"key":"references/01. Model/profile_neutral/reference.png","etag":"ef2bb169b7991db005f6e2e4b5cf19d0","labels":{"angle":"profile","tone":"neutral"}},{"key":"references/01. Model/three-quarter_warm/reference.png","etag":"e9db6e16f34afeba5c7f988d3694a72f","labels":{"angle":"three-quarter","tone":"warm"}}]',1795012905000);
INSERT INTO "LabelRun" VALUES(1,4,1,'{"root":"Model","only":"unanswered","prompt":"Personas"}',0.0782364,1.0,NULL,1795168845000);
INSERT INTO "LabelRun" VALUES(2,9,2,'{"root":"Model","only":"unanswered","prompt":"Personas"}',0.1,500.0,NULL,1795191045000);
INSERT INTO "ModelCall" VALUES(1,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "profile",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "medium",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "sport",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "30s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(2,1,21,'5ab5177d6e0b1c32eb3164560a695f606f3409b60fd406a24e71c2af45b71df9',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(3,1,19,'6a8376f1ab09f4f1d5baf55ef7d9827ba00ad8386fd01047afaca828b3b63931',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "child",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(4,1,20,'78ca5b597476c99b93f78d607ddbaae27e6e4faa6a18b983d80b9b6a7f527bae',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "front",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "serious",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "covered",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "casual",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "teen",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(5,1,18,'a7c2144c7839da6f56481e23851dbf31cdbab5fc3e02fc2e93a9cfdabb45d6ba',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "profile",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "medium",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "sport",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "70+",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(6,1,17,'32cd0ea408af49d35891beed95a06e490dffe470cd3b95ddba80a3292d83b0cc',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(7,1,9,'0c6dcc91a3c42dd6216856dfa4cb90f951bbb136b1af7a01a9806abc1cd7e52c',0.004036,'refused','it judged the image or its own answer unsafe (IMAGE_SAFETY)',NULL,499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(8,1,10,'e0514f37db65b4656211c511523f291a26436a3dceb77c5940dbc01a820dea5c',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "profile",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "medium",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "sport",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "70+",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(9,1,23,'98bcd64de39d39a699276cabc6a040fd8bf721ace05ba90f517b4d1a852ec2d3',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(10,1,22,'7fb2872bd8cf3ab449108d33638d8db3f2d0071f39ab92a6415b441b179d3050',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "profile",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "medium",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "sport",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "30s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(11,1,12,'a87db41ea88f463786569ac731ff9572276099582765dfd136a515965dbb964b',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "front",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "serious",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "covered",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "casual",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "teen",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(12,1,13,'aa74a2e58097001674d90b01b65789b30b5a0e2338a26658798ea0265ac78b11',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(13,1,25,'53fa2c60c8ff9fcf2479875e8bc69ffb12cce83788f6be0abdcecbed5af7d59e',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(14,1,15,'a3f95249d5182db6a1d003f800279a537e0df0c2a7e69c69a1b4450829336bd4',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "neutral",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(15,1,16,'b23e117bd32bccd31f9a2ca0d05f3feb450a78e91a62c59fef844657e21ff566',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "front",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "serious",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "covered",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "casual",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "50s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(16,1,101,'aa0caf9b15acc40a3226a4b85264ab22ab6c5caacc5c0b7485014d5284cb7a72',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(17,1,107,'3ccd4ec6fc93a3f9ac84227d8968f6528b8bb7f8e433283a72b1f72fe9b05800',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "child",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(18,1,113,'0074e532246b893db857249f4a969adf6ef8650c985dc79dac8718715a0313e9',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(19,1,119,'9af63f21ed906e8a55ea9b91aa7577b438b77b46270c7ca691d25f9da0d7cccd',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(20,1,125,'9c267388f94a4ee046d8342961d0e14dd36dfd7d6982e5582bc1157418c360da',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(21,1,131,'36292e9632aa152d0782312ead56f332d49736d58f614165b45022b3b5fedc73',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "child",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(22,1,137,'a0c75cf546173338299e3405b76c27377be3ec365969321f118b3af200eae3a3',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(23,1,143,'6afc3a2ca4d5aac13d77cfdbe1aad41fc1e8ad05aa027db95b01e3ba138ad9a7',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(24,1,149,'e5c07b0a8562d456c821a754adcf5949aaea3b36cdc197503f44ef6ba34e7771',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "warm",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(25,1,103,'f1cc5ab92b3fc550422a7e722f8a4be2632f0d5917441423b3a2b0d93852722b',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(26,1,109,'46f31e492dfd49c2f8ca9bf8592a82d2c9414a7fc7f1e371a6f6f1ea20ee884b',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(27,1,115,'e6476265f9c7c78a21ca35edef97fd77b82d1422132dc6303197c84fa57c6e7d',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "child",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(28,1,121,'2a0cef09ed32dfe9ebaf29c2f52925348b13addbda9db9dbff655b7c7c3f9585',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(29,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'refused','it gave no reason (OTHER)',NULL,499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(30,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'invalid','The answer is empty.','pink',-2053333333,NULL,NULL,-616.0,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(31,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'truncated',NULL,'{"angle":{"val',499,4128,93,0.0016206,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(32,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'rate-limited','Gemini’s quota is used up.',NULL,NULL,NULL,NULL,NULL,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(33,1,6,'c9840e8914f76aed8c899f2c5edf0295bbcb90ad6628e5c5f0d4705c3076166c',0.004036,'failed','Gemini does not answer.',NULL,NULL,NULL,NULL,NULL,1795168905000,1795168905550);
INSERT INTO "ModelCall" VALUES(34,2,127,'21006e32e76723bf1cb058a4c94a3a8551051c7ef0e87212fb5cfaa26ebc143b',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795191645000,1795191645550);
INSERT INTO "ModelCall" VALUES(35,2,133,'d5ff6e7756200799a5104d51b76baa0e35fdd3ebe9e10f3c42b16f12f7d51a0f',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "20s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795191645000,1795191645550);
INSERT INTO "ModelCall" VALUES(36,2,139,'d47c18b39528b91066feca479c3c0c7c7b6be5f67d64375e7b29512fa12be35e',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "child",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795191645000,1795191645550);
INSERT INTO "ModelCall" VALUES(37,2,145,'0de6610454fbfecd1351b6951d29a8bfddb27a5b12a4c0d6be72db6350db0350',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "three-quarter",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "short",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "formal",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "60s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795191645000,1795191645550);
INSERT INTO "ModelCall" VALUES(38,2,151,'a78d05e70164764a688bf52a5fc130050a3bfa9f54afd0b16507e8324ec15e84',0.004036,'labelled',NULL,'{'||char(10)||' "angle": {'||char(10)||'  "value": "back",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "tone": {'||char(10)||'  "value": "cool",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "expression": {'||char(10)||'  "value": "smiling",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "hairLength": {'||char(10)||'  "value": "long",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "wardrobe": {'||char(10)||'  "value": "other",'||char(10)||'  "confidence": 0.9'||char(10)||' },'||char(10)||' "ageRange": {'||char(10)||'  "value": "40s",'||char(10)||'  "confidence": 0.9,'||char(10)||'  "years": 37'||char(10)||' }'||char(10)||'}',499,4128,93,0.0016206,1795191645000,1795191645550);
INSERT INTO "ModelCall" VALUES(39,2,105,'e92203bd0dce9ec6bc5a47cb2cf352205e5c4ae7796f288291961bb5dc6e5285',0.004036,'reserved',NULL,NULL,NULL,NULL,NULL,NULL,1795192845000,NULL);
INSERT INTO "ModelCall" VALUES(40,2,111,'e12da385a01a840ae959732f539f0721a6fb7601c8a12e59e97216da40faf6fc',0.004036,'reserved',NULL,NULL,NULL,NULL,NULL,NULL,1795192845000,NULL);
INSERT INTO "Proposal" VALUES(1,1,6,'angle','profile',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(2,1,6,'tone','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(3,1,6,'expression','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(4,1,6,'hairLength','medium',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(5,1,6,'wardrobe','sport',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(6,1,6,'ageRange','30s',0.9,37.0,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(7,1,21,'angle','three-quarter',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(8,1,21,'tone','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(9,1,21,'expression','other',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(10,1,21,'hairLength','short',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(11,1,21,'wardrobe','formal',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(12,1,21,'ageRange','20s',0.9,37.0,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(13,1,19,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(14,1,19,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(15,1,19,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(16,1,19,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(17,1,19,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(18,1,19,'ageRange','child',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(19,1,20,'angle','front',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(20,1,20,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(21,1,20,'expression','serious',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(22,1,20,'hairLength','covered',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(23,1,20,'wardrobe','casual',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(24,1,20,'ageRange','teen',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(25,1,18,'angle','profile',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(26,1,18,'tone','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(27,1,18,'expression','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(28,1,18,'hairLength','medium',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(29,1,18,'wardrobe','sport',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(30,1,18,'ageRange','70+',0.9,37.0,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(31,1,17,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(32,1,17,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(33,1,17,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(34,1,17,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(35,1,17,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(36,1,17,'ageRange','60s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(37,1,10,'angle','profile',0.9,NULL,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(38,1,10,'tone','cool',0.9,NULL,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(39,1,10,'expression','neutral',0.9,NULL,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(40,1,10,'hairLength','medium',0.9,NULL,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(41,1,10,'wardrobe','sport',0.9,NULL,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(42,1,10,'ageRange','70+',0.9,37.0,'rejected',1795168905600);
INSERT INTO "Proposal" VALUES(43,1,23,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(44,1,23,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(45,1,23,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(46,1,23,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(47,1,23,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(48,1,23,'ageRange','40s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(49,1,22,'angle','profile',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(50,1,22,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(51,1,22,'expression','neutral',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(52,1,22,'hairLength','medium',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(53,1,22,'wardrobe','sport',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(54,1,22,'ageRange','30s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(55,1,12,'angle','front',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(56,1,12,'tone','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(57,1,12,'expression','serious',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(58,1,12,'hairLength','covered',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(59,1,12,'wardrobe','casual',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(60,1,12,'ageRange','teen',0.9,37.0,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(61,1,13,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(62,1,13,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(63,1,13,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(64,1,13,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(65,1,13,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(66,1,13,'ageRange','20s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(67,1,25,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(68,1,25,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(69,1,25,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(70,1,25,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(71,1,25,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(72,1,25,'ageRange','60s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(73,1,15,'angle','back',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(74,1,15,'tone','neutral',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(75,1,15,'expression','smiling',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(76,1,15,'hairLength','long',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(77,1,15,'wardrobe','other',0.9,NULL,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(78,1,15,'ageRange','40s',0.9,37.0,'accepted',1795168905600);
INSERT INTO "Proposal" VALUES(79,1,16,'angle','front',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(80,1,16,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(81,1,16,'expression','serious',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(82,1,16,'hairLength','covered',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(83,1,16,'wardrobe','casual',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(84,1,16,'ageRange','50s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(85,1,101,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(86,1,101,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(87,1,101,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(88,1,101,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(89,1,101,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(90,1,101,'ageRange','20s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(91,1,107,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(92,1,107,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(93,1,107,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(94,1,107,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(95,1,107,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(96,1,107,'ageRange','child',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(97,1,113,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(98,1,113,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(99,1,113,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(100,1,113,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(101,1,113,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(102,1,113,'ageRange','60s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(103,1,119,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(104,1,119,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(105,1,119,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(106,1,119,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(107,1,119,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(108,1,119,'ageRange','40s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(109,1,125,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(110,1,125,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(111,1,125,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(112,1,125,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(113,1,125,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(114,1,125,'ageRange','20s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(115,1,131,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(116,1,131,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(117,1,131,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(118,1,131,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(119,1,131,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(120,1,131,'ageRange','child',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(121,1,137,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(122,1,137,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(123,1,137,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(124,1,137,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(125,1,137,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(126,1,137,'ageRange','60s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(127,1,143,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(128,1,143,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(129,1,143,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(130,1,143,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(131,1,143,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(132,1,143,'ageRange','40s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(133,1,149,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(134,1,149,'tone','warm',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(135,1,149,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(136,1,149,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(137,1,149,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(138,1,149,'ageRange','20s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(139,1,103,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(140,1,103,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(141,1,103,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(142,1,103,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(143,1,103,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(144,1,103,'ageRange','40s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(145,1,109,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(146,1,109,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(147,1,109,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(148,1,109,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(149,1,109,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(150,1,109,'ageRange','20s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(151,1,115,'angle','back',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(152,1,115,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(153,1,115,'expression','smiling',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(154,1,115,'hairLength','long',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(155,1,115,'wardrobe','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(156,1,115,'ageRange','child',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(157,1,121,'angle','three-quarter',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(158,1,121,'tone','cool',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(159,1,121,'expression','other',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(160,1,121,'hairLength','short',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(161,1,121,'wardrobe','formal',0.9,NULL,'open',1795168905600);
INSERT INTO "Proposal" VALUES(162,1,121,'ageRange','60s',0.9,37.0,'open',1795168905600);
INSERT INTO "Proposal" VALUES(163,2,127,'angle','back',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(164,2,127,'tone','cool',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(165,2,127,'expression','smiling',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(166,2,127,'hairLength','long',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(167,2,127,'wardrobe','other',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(168,2,127,'ageRange','40s',0.9,37.0,'open',1795191645600);
INSERT INTO "Proposal" VALUES(169,2,133,'angle','three-quarter',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(170,2,133,'tone','cool',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(171,2,133,'expression','other',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(172,2,133,'hairLength','short',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(173,2,133,'wardrobe','formal',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(174,2,133,'ageRange','20s',0.9,37.0,'open',1795191645600);
INSERT INTO "Proposal" VALUES(175,2,139,'angle','back',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(176,2,139,'tone','cool',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(177,2,139,'expression','smiling',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(178,2,139,'hairLength','long',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(179,2,139,'wardrobe','other',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(180,2,139,'ageRange','child',0.9,37.0,'open',1795191645600);
INSERT INTO "Proposal" VALUES(181,2,145,'angle','three-quarter',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(182,2,145,'tone','cool',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(183,2,145,'expression','other',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(184,2,145,'hairLength','short',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(185,2,145,'wardrobe','formal',0.9,NULL,'open',1795191645600);
INSERT INTO "Proposal" VALUES(186,2,145,'ageRange','60s',0.9,37.0,'open',1795191645600);
INSERT INTO "Finding" VALUES(1,'Model','stray-object','warning','references/01. Model/IMG_2041.png','“IMG_2041.png” lies at the root, in no group.','{"groups":[],"objects":[{"key":"references/01. Model/IMG_2041.png","etag":"3ea666d97d30ec22adbb0727649e3e08","bytes":112}],"more":0}',1,2,1795102845000,1795185645000,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "Finding" VALUES(2,'Model','missing-combination','info','references/01. Model/three-quarter_neutral/','No group says angle three-quarter, tone neutral.','{"groups":[],"objects":[],"more":0}',1,2,1795102845000,1795185645000,NULL,'Not needed before spring.',1795187445000,'operator:1','Mina Kang');
INSERT INTO "Finding" VALUES(3,'Model','empty-group','warning','references/01. Model/back_cool/','“back_cool” holds no image.','{"groups":["references/01. Model/back_cool/"],"objects":[],"more":0}',1,2,1795102845000,1795185645000,1795185645000,NULL,NULL,NULL,NULL);
INSERT INTO "Finding" VALUES(4,'Model','unreadable-name','error','references/01. Model/side view??/','“side view??” is not “angle_tone”: no angle called “side view??”.','{"groups":["references/01. Model/side view??/"],"objects":[],"more":0}',1,2,1795102845000,1795185645000,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "JobRun" VALUES(1,'audit-groups','Audit attribute groups',0,'succeeded','{"root":null}',1,'3760b1a7cb6e6c1bee62d575efb2c4e9968c910633e057d5a87eab90b1956f69',NULL,0,'schedule:audit-groups','audit-groups','audit-groups',1786552845000,NULL,NULL,NULL,1786552845000,1786552845300,1786552845900,1786552846000,1786552854000,1786639245300,1794592845000,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(2,'audit-groups','Audit attribute groups',0,'succeeded','{"root":null}',0,'1ef3dac227b8d9c1c55666fa5c21a7cd4936b8da2312d99d8af30e769a3d7b0d',NULL,1,'script:mina@studio','mina (script)',NULL,NULL,NULL,NULL,NULL,1795185645000,1795185645300,1795185645900,1795185646000,1795185654000,1795272045300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(3,'backfill-thumbnails','Back-fill thumbnails',1,'succeeded','{"force":false}',0,'55eb60f4ccf580ffc6947e72ae6c0548b673c6b2f7f748739474c01c164afd7b','{"bytes":8651,"s3Calls":150,"facts":[{"label":"Have a thumbnail already","value":"0"}]}',75,'script:mina@studio','mina (script)',NULL,NULL,NULL,NULL,NULL,1795108845000,1795108845300,1795108845900,1795108846000,1795108854000,1795195245300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(4,'label-run','Label run',0,'succeeded','{"root":"Model","only":"unanswered","prompt":"Personas"}',0,'ca85eabfa4ab6960428c940ff7528a39c64ddc97f58c60454e02cc58e693dea3','{"bytes":3223,"s3Calls":28,"usd":0.0453768,"facts":[{"label":"Images","value":"28"},{"label":"Used as examples","value":"3"},{"label":"Model","value":"gemini-2.5-flash"},{"label":"Quote","value":"$0.0782, at most $0.18"}]}',28,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795168845000,1795168845300,1795168845900,1795168846000,1795168854000,1795255245300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(5,'rename-group','Rename front_neutral to front_cool',0,'succeeded','{"root":"Model","group":"front_neutral","name":"front_cool"}',0,'522e3315458d4a667b6748f3d691544f01ed3e84e0976e138deee371f0690bbc','{"bytes":300,"s3Calls":20,"facts":[{"label":"Reference image afterwards","value":"reference.png"}]}',2,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795174845000,1795174845300,1795174845900,1795174846000,1795174854000,1795261245300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(6,'rename-group','Rename front_cool to front_warm-2',0,'failed','{"root":"Model","group":"front_cool","name":"front_warm-2"}',0,NULL,NULL,0,'operator:1','Mina Kang',NULL,NULL,NULL,'invalid','A group cannot be called “front_warm-2”: not “angle_tone”: no tone called “warm-2”.',1795175445000,NULL,NULL,NULL,1795175454000,NULL,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(7,'move-images','Move “02.png” to profile_neutral',0,'succeeded','{"root":"Model","keys":["references/01. Model/profile_cool/02.png"],"to":"profile_neutral"}',0,'9c59951be0d310944ea5887759e303eab882d53d493c0de0a2b0168e33e6451b','{"bytes":300,"s3Calls":20,"facts":[{"label":"Reference image afterwards","value":"reference.png"}]}',1,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795176045000,1795176045300,1795176045900,1795176046000,1795176054000,1795262445300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(8,'move-images','Undo of Move “02.png” to profile_neutral',0,'succeeded','{"root":"Model","keys":["references/01. Model/profile_cool/02.png"],"to":"profile_neutral"}',0,'f3331a1afe6ace96d9f30d455a2e41340831b85b217b9d24373d9b890b174eca','{"facts":[{"label":"Puts back what run 7 changed","value":"1 of 1"}]}',1,'operator:1','Mina Kang',NULL,NULL,7,NULL,NULL,1795176645000,1795176645300,1795176645900,1795176646000,1795176654000,1795263045300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(9,'label-run','Label run',0,'running','{"root":"Model","only":"unanswered","prompt":"Personas"}',0,'29965ae02e175e981bd44920d9db2b057f6abd2472efc4dfcbf96b127698cab2','{"bytes":1508,"s3Calls":13,"usd":0.0210678,"facts":[{"label":"Images","value":"13"},{"label":"Used as examples","value":"3"},{"label":"Model","value":"gemini-2.5-flash"},{"label":"Quote","value":"$0.0782, at most $0.18"}]}',13,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795191045000,1795191045300,1795191045900,1795191046000,NULL,1795277445300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(10,'rename-group','Rename back_neutral to back_warm',0,'running','{"root":"Model","group":"back_neutral","name":"back_warm"}',1,'aa32b83bcfd377ed51e47e81565b220bcf1e2459c5a972bd8dd000e9e16f439e','{"bytes":300,"s3Calls":20,"facts":[{"label":"Reference image afterwards","value":"reference.png"}]}',3,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795192725000,1795192725300,1795192725900,1795192726000,NULL,1795279125300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(11,'backfill-thumbnails','Back-fill thumbnails',1,'paused','{"force":true,"owner":"jun-park"}',0,'f1e6fcdb2a48c1d63a9eeb6f7e248c57e5ee62c78f497aa012be02c2accf456c','{"facts":[]}',2,'script:mina@studio','mina (script)',NULL,NULL,NULL,NULL,NULL,1795191945000,1795191945300,1795191945900,1795191946000,NULL,1795278345300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(12,'quarantine-objects','Quarantine “notes.txt”',0,'planned','{"root":"Model","keys":["references/01. Model/front_warm/notes.txt"]}',0,'0b02ac5988b5e5416cb75b5701b985652def8cabda0001f3c5cc2efdd3d46551','{"bytes":21,"s3Calls":7,"facts":[{"label":"Goes to","value":"trash/run-12/"}]}',1,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795192545000,1795192545300,NULL,NULL,NULL,1795278945300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(13,'audit-groups','Audit attribute groups',0,'planning','{"root":"Model"}',1,NULL,NULL,0,'operator:1','Mina Kang',NULL,NULL,NULL,NULL,NULL,1795192785000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "JobRun" VALUES(14,'index-images','Index images',1,'succeeded','{"prefix":""}',1,'1e02968cd4bad966d4d93e91f21b1d3ac8e058c7de45160ed5a6bfb2140df03a',NULL,4,'schedule:index-images','index-images','index-images',1795187445000,NULL,NULL,NULL,1795187445000,1795187445300,1795187445900,1795187446000,1795187454000,1795273845300,NULL,NULL,1,NULL);
INSERT INTO "JobRun" VALUES(15,'audit-groups','Audit attribute groups',0,'cancelled','{"root":null}',0,'72e63915eee734ed2960ee56a0bcb42b7199ac37032a09a457b1f3e805bec6f9',NULL,0,'script:mina@studio','mina (script)',NULL,NULL,NULL,NULL,NULL,1795188045000,1795188045300,1795188045900,1795188046000,1795188054000,1795274445300,NULL,NULL,1,NULL);
INSERT INTO "JobChunk" VALUES(2,0,0,0,'finished','studio:4711:926a1097',1,NULL,0,1,0,0,1795185646000,1795185651000);
INSERT INTO "JobChunk" VALUES(3,0,0,49,'finished','studio:4711:926a1097',1,NULL,0,49,1,0,1795108846000,1795108851000);
INSERT INTO "JobChunk" VALUES(3,1,50,74,'finished','studio:4711:926a1097',1,NULL,0,25,0,0,1795108846000,1795108851000);
INSERT INTO "JobChunk" VALUES(11,0,0,1,'open',NULL,1,NULL,0,1,0,0,1795191946000,NULL);
INSERT INTO "JobChunk" VALUES(14,0,0,3,'finished','studio:4711:926a1097',1,NULL,0,4,0,0,1795187446000,1795187451000);
INSERT INTO "JobChunk" VALUES(5,0,0,1,'finished','studio:4711:926a1097',1,NULL,0,2,0,0,1795174846000,1795174851000);
INSERT INTO "JobChunk" VALUES(7,0,0,0,'finished','studio:4711:926a1097',1,NULL,0,1,0,0,1795176046000,1795176051000);
INSERT INTO "JobChunk" VALUES(8,0,0,0,'finished','studio:4711:926a1097',1,NULL,0,1,0,0,1795176646000,1795176651000);
INSERT INTO "JobChunk" VALUES(10,0,0,2,'open','studio:4711:926a1097',1,1795192860000,0,1,0,0,1795192726000,NULL);
INSERT INTO "JobChunk" VALUES(12,0,0,0,'open',NULL,0,NULL,0,0,0,0,NULL,NULL);
INSERT INTO "JobChunk" VALUES(4,0,0,9,'finished','studio:4711:926a1097',1,NULL,0,9,1,0,1795168846000,1795168851000);
INSERT INTO "JobChunk" VALUES(4,1,10,19,'finished','studio:4711:926a1097',1,NULL,0,10,0,0,1795168846000,1795168851000);
INSERT INTO "JobChunk" VALUES(4,2,20,27,'finished','studio:4711:926a1097',1,NULL,0,8,0,0,1795168846000,1795168851000);
INSERT INTO "JobChunk" VALUES(9,0,0,9,'open','studio:4711:926a1097',1,1795192860000,0,4,0,0,1795191046000,NULL);
INSERT INTO "JobChunk" VALUES(9,1,10,12,'open',NULL,0,NULL,0,0,0,0,NULL,NULL);
INSERT INTO "JobItem" VALUES(2,0,'Model','Model (references/01. Model/)',NULL,NULL,'{"groups":8,"objects":18,"images":17,"findings":3,"changes":null}',NULL,'succeeded',NULL,1,0,NULL,NULL,1795185650000);
INSERT INTO "JobItem" VALUES(3,0,'1','generated/jun-park/2026/11/8c1f27d0.png','{"thumbnailEtag":null}','{"thumbnailEtag":"506d613389e90fc499853ba791e32e40"}','{"thumbnailEtag":"506d613389e90fc499853ba791e32e40","width":8,"height":8,"bytes":60}','506d613389e90fc499853ba791e32e40','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,1,'2','generated/sofia-reyes/2026/11/b7e0934a.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ccb89036df9e9f3fcf59b5a804d766b2"}','{"thumbnailEtag":"ccb89036df9e9f3fcf59b5a804d766b2","width":8,"height":8,"bytes":60}','ccb89036df9e9f3fcf59b5a804d766b2','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,2,'3','generated/legacy-0007.png','{"thumbnailEtag":null}','{"thumbnailEtag":"3e6b1012c6108d70b9a10c2b7f23814b"}','{"thumbnailEtag":"3e6b1012c6108d70b9a10c2b7f23814b","width":8,"height":8,"bytes":60}','3e6b1012c6108d70b9a10c2b7f23814b','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,3,'5','generated/jun-park/2026/11/d2415e6f.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8820e6748080f645b62a6ec3ae1307d5"}','{"thumbnailEtag":"8820e6748080f645b62a6ec3ae1307d5","width":8,"height":8,"bytes":60}','8820e6748080f645b62a6ec3ae1307d5','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,4,'6','references/01. Model/IMG_2041.png','{"thumbnailEtag":null}','{"thumbnailEtag":"3ea666d97d30ec22adbb0727649e3e08"}','{"thumbnailEtag":"3ea666d97d30ec22adbb0727649e3e08","width":8,"height":8,"bytes":60}','3ea666d97d30ec22adbb0727649e3e08','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,5,'7','references/01. Model/front_warm/notes.txt','{"thumbnailEtag":null}','{"thumbnailEtag":"8ae8f83e2051a14762cac47f0c3b4698"}',NULL,'8ae8f83e2051a14762cac47f0c3b4698','failed',NULL,1,0,'not-an-image','Its bytes are no JPEG, PNG, …',1795108850000);
INSERT INTO "JobItem" VALUES(3,6,'8','references/01. Model/front_warm/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"e5616c94b858f457e21914681d439f7b"}','{"thumbnailEtag":"e5616c94b858f457e21914681d439f7b","width":8,"height":8,"bytes":60}','e5616c94b858f457e21914681d439f7b','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,7,'9','references/01. Model/front_warm/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"a0e18eefa395ebebe9fe0c30c6af1c2f"}','{"thumbnailEtag":"a0e18eefa395ebebe9fe0c30c6af1c2f","width":8,"height":8,"bytes":60}','a0e18eefa395ebebe9fe0c30c6af1c2f','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,8,'10','references/01. Model/front_warm/03.png','{"thumbnailEtag":null}','{"thumbnailEtag":"c17c6a8d137767f2c016d1602444b861"}','{"thumbnailEtag":"c17c6a8d137767f2c016d1602444b861","width":8,"height":8,"bytes":60}','c17c6a8d137767f2c016d1602444b861','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,9,'11','references/01. Model/profile_neutral/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ef2bb169b7991db005f6e2e4b5cf19d0"}','{"thumbnailEtag":"ef2bb169b7991db005f6e2e4b5cf19d0","width":8,"height":8,"bytes":60}','ef2bb169b7991db005f6e2e4b5cf19d0','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,10,'12','references/01. Model/profile_neutral/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8f51f3e940a701924a693460dfb4730e"}','{"thumbnailEtag":"8f51f3e940a701924a693460dfb4730e","width":8,"height":8,"bytes":60}','8f51f3e940a701924a693460dfb4730e','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,11,'13','references/01. Model/profile_neutral/03.png','{"thumbnailEtag":null}','{"thumbnailEtag":"3981daf4e2d18783484525525e993a75"}','{"thumbnailEtag":"3981daf4e2d18783484525525e993a75","width":8,"height":8,"bytes":60}','3981daf4e2d18783484525525e993a75','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,12,'14','references/01. Model/three-quarter_warm/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"e9db6e16f34afeba5c7f988d3694a72f"}','{"thumbnailEtag":"e9db6e16f34afeba5c7f988d3694a72f","width":8,"height":8,"bytes":60}','e9db6e16f34afeba5c7f988d3694a72f','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,13,'15','references/01. Model/three-quarter_warm/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"74e7c303bdf4a7eee9b35af9c50115a9"}','{"thumbnailEtag":"74e7c303bdf4a7eee9b35af9c50115a9","width":8,"height":8,"bytes":60}','74e7c303bdf4a7eee9b35af9c50115a9','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,14,'16','references/01. Model/three-quarter_warm/03.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ca618f0232ea0dc657773d7ff11d9801"}','{"thumbnailEtag":"ca618f0232ea0dc657773d7ff11d9801","width":8,"height":8,"bytes":60}','ca618f0232ea0dc657773d7ff11d9801','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,15,'17','references/01. Model/front_cool/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"39ced50479a82fb44cfd875a4b0ee74c"}','{"thumbnailEtag":"39ced50479a82fb44cfd875a4b0ee74c","width":8,"height":8,"bytes":60}','39ced50479a82fb44cfd875a4b0ee74c','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,16,'18','references/01. Model/front_cool/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ad9a3d1f91c18a8b9a5e0fc740671602"}','{"thumbnailEtag":"ad9a3d1f91c18a8b9a5e0fc740671602","width":8,"height":8,"bytes":60}','ad9a3d1f91c18a8b9a5e0fc740671602','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,17,'19','references/01. Model/back_warm/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"a3e5649f534cbe098ea997fca6e0244b"}','{"thumbnailEtag":"a3e5649f534cbe098ea997fca6e0244b","width":8,"height":8,"bytes":60}','a3e5649f534cbe098ea997fca6e0244b','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,18,'20','references/01. Model/back_warm/03.png','{"thumbnailEtag":null}','{"thumbnailEtag":"f6150b7f1d09949cc1888f28202851fc"}','{"thumbnailEtag":"f6150b7f1d09949cc1888f28202851fc","width":8,"height":8,"bytes":60}','f6150b7f1d09949cc1888f28202851fc','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,19,'21','references/01. Model/back_neutral/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"4b9f3f32208f66686e76f54951c54fe9"}','{"thumbnailEtag":"4b9f3f32208f66686e76f54951c54fe9","width":8,"height":8,"bytes":60}','4b9f3f32208f66686e76f54951c54fe9','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,20,'22','references/01. Model/profile_cool/reference.png','{"thumbnailEtag":null}','{"thumbnailEtag":"23f15aabd94fdd0d5d71753000a053ea"}','{"thumbnailEtag":"23f15aabd94fdd0d5d71753000a053ea","width":8,"height":8,"bytes":60}','23f15aabd94fdd0d5d71753000a053ea','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,21,'23','references/01. Model/profile_cool/02.png','{"thumbnailEtag":null}','{"thumbnailEtag":"1026cf32a6706b564528c71b0a13bb9f"}','{"thumbnailEtag":"1026cf32a6706b564528c71b0a13bb9f","width":8,"height":8,"bytes":60}','1026cf32a6706b564528c71b0a13bb9f','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,22,'25','references/01. Model/side view??/01.png','{"thumbnailEtag":null}','{"thumbnailEtag":"27c584cf38fadd0130c25dba92e7c667"}','{"thumbnailEtag":"27c584cf38fadd0130c25dba92e7c667","width":8,"height":8,"bytes":60}','27c584cf38fadd0130c25dba92e7c667','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,23,'24','misc/scan.png','{"thumbnailEtag":null}','{"thumbnailEtag":"95cf8141950497a671d630dbf402114b"}','{"thumbnailEtag":"95cf8141950497a671d630dbf402114b","width":8,"height":8,"bytes":60}','95cf8141950497a671d630dbf402114b','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,24,'101','references/01. Model/front_warm/000101.png','{"thumbnailEtag":null}','{"thumbnailEtag":"7d38e9787fef8534e1006a189215837c"}','{"thumbnailEtag":"7d38e9787fef8534e1006a189215837c","width":8,"height":8,"bytes":60}','7d38e9787fef8534e1006a189215837c','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,25,'102','generated/maker-00/2026/11/000102.png','{"thumbnailEtag":null}','{"thumbnailEtag":"90f3e751afb83f083b7a5df074e3bab2"}','{"thumbnailEtag":"90f3e751afb83f083b7a5df074e3bab2","width":8,"height":8,"bytes":60}','90f3e751afb83f083b7a5df074e3bab2','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,26,'103','references/01. Model/profile_neutral/000103.png','{"thumbnailEtag":null}','{"thumbnailEtag":"9ec21ec56a9a91859a47969dee4c3007"}','{"thumbnailEtag":"9ec21ec56a9a91859a47969dee4c3007","width":8,"height":8,"bytes":60}','9ec21ec56a9a91859a47969dee4c3007','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,27,'104','generated/maker-01/2026/11/000104.png','{"thumbnailEtag":null}','{"thumbnailEtag":"cf5d49b1e86b08a4ec3d55f6c09bcaa1"}','{"thumbnailEtag":"cf5d49b1e86b08a4ec3d55f6c09bcaa1","width":8,"height":8,"bytes":60}','cf5d49b1e86b08a4ec3d55f6c09bcaa1','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,28,'105','references/01. Model/three-quarter_warm/000105.png','{"thumbnailEtag":null}','{"thumbnailEtag":"927096407f1d3abd2e3333c59f2ffe59"}','{"thumbnailEtag":"927096407f1d3abd2e3333c59f2ffe59","width":8,"height":8,"bytes":60}','927096407f1d3abd2e3333c59f2ffe59','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,29,'106','generated/maker-02/2026/11/000106.png','{"thumbnailEtag":null}','{"thumbnailEtag":"965d361090a2ecd4a9327a69857b6192"}','{"thumbnailEtag":"965d361090a2ecd4a9327a69857b6192","width":8,"height":8,"bytes":60}','965d361090a2ecd4a9327a69857b6192','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,30,'107','references/01. Model/front_warm/000107.png','{"thumbnailEtag":null}','{"thumbnailEtag":"70dc111a7ab2b9dd81743fc16d44f14c"}','{"thumbnailEtag":"70dc111a7ab2b9dd81743fc16d44f14c","width":8,"height":8,"bytes":60}','70dc111a7ab2b9dd81743fc16d44f14c','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,31,'108','generated/maker-03/2026/11/000108.png','{"thumbnailEtag":null}','{"thumbnailEtag":"a2c7068ad9238582854ecf6757fe954e"}','{"thumbnailEtag":"a2c7068ad9238582854ecf6757fe954e","width":8,"height":8,"bytes":60}','a2c7068ad9238582854ecf6757fe954e','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,32,'109','references/01. Model/profile_neutral/000109.png','{"thumbnailEtag":null}','{"thumbnailEtag":"11d1b814d9d1bc1c7891abeafd309c04"}','{"thumbnailEtag":"11d1b814d9d1bc1c7891abeafd309c04","width":8,"height":8,"bytes":60}','11d1b814d9d1bc1c7891abeafd309c04','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,33,'110','generated/maker-04/2026/11/000110.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ea5477cff346acc6b4ec39d861c75698"}','{"thumbnailEtag":"ea5477cff346acc6b4ec39d861c75698","width":8,"height":8,"bytes":60}','ea5477cff346acc6b4ec39d861c75698','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,34,'111','references/01. Model/three-quarter_warm/000111.png','{"thumbnailEtag":null}','{"thumbnailEtag":"9316170709cfd9cd996bc2c3553bb34d"}','{"thumbnailEtag":"9316170709cfd9cd996bc2c3553bb34d","width":8,"height":8,"bytes":60}','9316170709cfd9cd996bc2c3553bb34d','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,35,'112','generated/maker-05/2026/11/000112.png','{"thumbnailEtag":null}','{"thumbnailEtag":"80d6603238f1c6590c84567dec2ce036"}','{"thumbnailEtag":"80d6603238f1c6590c84567dec2ce036","width":8,"height":8,"bytes":60}','80d6603238f1c6590c84567dec2ce036','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,36,'113','references/01. Model/front_warm/000113.png','{"thumbnailEtag":null}','{"thumbnailEtag":"0ec2fd9c525ef108f6ee71cfa8111ea3"}','{"thumbnailEtag":"0ec2fd9c525ef108f6ee71cfa8111ea3","width":8,"height":8,"bytes":60}','0ec2fd9c525ef108f6ee71cfa8111ea3','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,37,'114','generated/maker-06/2026/11/000114.png','{"thumbnailEtag":null}','{"thumbnailEtag":"9f08c73142b10d13d497f26ba8c98e6c"}','{"thumbnailEtag":"9f08c73142b10d13d497f26ba8c98e6c","width":8,"height":8,"bytes":60}','9f08c73142b10d13d497f26ba8c98e6c','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,38,'115','references/01. Model/profile_neutral/000115.png','{"thumbnailEtag":null}','{"thumbnailEtag":"70483d14f6a9c5c9e75382247e901fa7"}','{"thumbnailEtag":"70483d14f6a9c5c9e75382247e901fa7","width":8,"height":8,"bytes":60}','70483d14f6a9c5c9e75382247e901fa7','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,39,'116','generated/maker-07/2026/11/000116.png','{"thumbnailEtag":null}','{"thumbnailEtag":"baa8bddcd89d1c6a01f29cbc03fc02a7"}','{"thumbnailEtag":"baa8bddcd89d1c6a01f29cbc03fc02a7","width":8,"height":8,"bytes":60}','baa8bddcd89d1c6a01f29cbc03fc02a7','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,40,'117','references/01. Model/three-quarter_warm/000117.png','{"thumbnailEtag":null}','{"thumbnailEtag":"3188acb9e1f02b7e67f6c7432cd5339b"}','{"thumbnailEtag":"3188acb9e1f02b7e67f6c7432cd5339b","width":8,"height":8,"bytes":60}','3188acb9e1f02b7e67f6c7432cd5339b','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,41,'118','generated/maker-08/2026/11/000118.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ec78536b468a9b954c0d7e9c15701d89"}','{"thumbnailEtag":"ec78536b468a9b954c0d7e9c15701d89","width":8,"height":8,"bytes":60}','ec78536b468a9b954c0d7e9c15701d89','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,42,'119','references/01. Model/front_warm/000119.png','{"thumbnailEtag":null}','{"thumbnailEtag":"35d5f69471489292eacd0bdef49c00ba"}','{"thumbnailEtag":"35d5f69471489292eacd0bdef49c00ba","width":8,"height":8,"bytes":60}','35d5f69471489292eacd0bdef49c00ba','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,43,'120','generated/maker-09/2026/11/000120.png','{"thumbnailEtag":null}','{"thumbnailEtag":"dbb19e85ed39bdad60645bc03d6f7049"}','{"thumbnailEtag":"dbb19e85ed39bdad60645bc03d6f7049","width":8,"height":8,"bytes":60}','dbb19e85ed39bdad60645bc03d6f7049','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,44,'121','references/01. Model/profile_neutral/000121.png','{"thumbnailEtag":null}','{"thumbnailEtag":"50d9b6ab49b32cdd2c6050eb5708a6f2"}','{"thumbnailEtag":"50d9b6ab49b32cdd2c6050eb5708a6f2","width":8,"height":8,"bytes":60}','50d9b6ab49b32cdd2c6050eb5708a6f2','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,45,'122','generated/maker-10/2026/11/000122.png','{"thumbnailEtag":null}','{"thumbnailEtag":"97a9d7fbc46d282a643d7e254efedb16"}','{"thumbnailEtag":"97a9d7fbc46d282a643d7e254efedb16","width":8,"height":8,"bytes":60}','97a9d7fbc46d282a643d7e254efedb16','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,46,'123','references/01. Model/three-quarter_warm/000123.png','{"thumbnailEtag":null}','{"thumbnailEtag":"dd12b9e04e0e82aa9710a0db04b3326e"}','{"thumbnailEtag":"dd12b9e04e0e82aa9710a0db04b3326e","width":8,"height":8,"bytes":60}','dd12b9e04e0e82aa9710a0db04b3326e','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,47,'124','generated/maker-11/2026/11/000124.png','{"thumbnailEtag":null}','{"thumbnailEtag":"03cfb9170b24e4a1aaba696a15791e19"}','{"thumbnailEtag":"03cfb9170b24e4a1aaba696a15791e19","width":8,"height":8,"bytes":60}','03cfb9170b24e4a1aaba696a15791e19','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,48,'125','references/01. Model/front_warm/000125.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8e80aecb6b6fd34e145e1fe6014965c3"}','{"thumbnailEtag":"8e80aecb6b6fd34e145e1fe6014965c3","width":8,"height":8,"bytes":60}','8e80aecb6b6fd34e145e1fe6014965c3','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,49,'126','generated/maker-12/2026/11/000126.png','{"thumbnailEtag":null}','{"thumbnailEtag":"156371298977c37b2f2a6a43ebcc2025"}','{"thumbnailEtag":"156371298977c37b2f2a6a43ebcc2025","width":8,"height":8,"bytes":60}','156371298977c37b2f2a6a43ebcc2025','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,50,'127','references/01. Model/profile_neutral/000127.png','{"thumbnailEtag":null}','{"thumbnailEtag":"a5772e1589945becd78386dc65a030b2"}','{"thumbnailEtag":"a5772e1589945becd78386dc65a030b2","width":8,"height":8,"bytes":60}','a5772e1589945becd78386dc65a030b2','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,51,'128','generated/maker-13/2026/11/000128.png','{"thumbnailEtag":null}','{"thumbnailEtag":"1422caa8f18365939e46ce71bdbb64bf"}','{"thumbnailEtag":"1422caa8f18365939e46ce71bdbb64bf","width":8,"height":8,"bytes":60}','1422caa8f18365939e46ce71bdbb64bf','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,52,'129','references/01. Model/three-quarter_warm/000129.png','{"thumbnailEtag":null}','{"thumbnailEtag":"994342f91836f3c9f0cefb83208beeb5"}','{"thumbnailEtag":"994342f91836f3c9f0cefb83208beeb5","width":8,"height":8,"bytes":60}','994342f91836f3c9f0cefb83208beeb5','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,53,'130','generated/maker-14/2026/11/000130.png','{"thumbnailEtag":null}','{"thumbnailEtag":"0a85bfb438a4bedc90ac52dacfe5b1d1"}','{"thumbnailEtag":"0a85bfb438a4bedc90ac52dacfe5b1d1","width":8,"height":8,"bytes":60}','0a85bfb438a4bedc90ac52dacfe5b1d1','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,54,'131','references/01. Model/front_warm/000131.png','{"thumbnailEtag":null}','{"thumbnailEtag":"db3d3e95bf4a00ad64729203f570fc80"}','{"thumbnailEtag":"db3d3e95bf4a00ad64729203f570fc80","width":8,"height":8,"bytes":60}','db3d3e95bf4a00ad64729203f570fc80','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,55,'132','generated/maker-15/2026/11/000132.png','{"thumbnailEtag":null}','{"thumbnailEtag":"673826cb6faec2c8231f8436ccadfd65"}','{"thumbnailEtag":"673826cb6faec2c8231f8436ccadfd65","width":8,"height":8,"bytes":60}','673826cb6faec2c8231f8436ccadfd65','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,56,'133','references/01. Model/profile_neutral/000133.png','{"thumbnailEtag":null}','{"thumbnailEtag":"14d8f9bec7aa3fa5086a7208abe5ee81"}','{"thumbnailEtag":"14d8f9bec7aa3fa5086a7208abe5ee81","width":8,"height":8,"bytes":60}','14d8f9bec7aa3fa5086a7208abe5ee81','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,57,'134','generated/maker-16/2026/11/000134.png','{"thumbnailEtag":null}','{"thumbnailEtag":"a64809200fa9a7a84032865fe04223ed"}','{"thumbnailEtag":"a64809200fa9a7a84032865fe04223ed","width":8,"height":8,"bytes":60}','a64809200fa9a7a84032865fe04223ed','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,58,'135','references/01. Model/three-quarter_warm/000135.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8c6dc23196d03629f307d91041db1d56"}','{"thumbnailEtag":"8c6dc23196d03629f307d91041db1d56","width":8,"height":8,"bytes":60}','8c6dc23196d03629f307d91041db1d56','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,59,'136','generated/maker-17/2026/11/000136.png','{"thumbnailEtag":null}','{"thumbnailEtag":"9b32a101b1d8d31a92e8569db8c11338"}','{"thumbnailEtag":"9b32a101b1d8d31a92e8569db8c11338","width":8,"height":8,"bytes":60}','9b32a101b1d8d31a92e8569db8c11338','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,60,'137','references/01. Model/front_warm/000137.png','{"thumbnailEtag":null}','{"thumbnailEtag":"dac2a0a7f460d05fe0959c3bf80624fe"}','{"thumbnailEtag":"dac2a0a7f460d05fe0959c3bf80624fe","width":8,"height":8,"bytes":60}','dac2a0a7f460d05fe0959c3bf80624fe','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,61,'138','generated/maker-18/2026/11/000138.png','{"thumbnailEtag":null}','{"thumbnailEtag":"34b1e28aa9d92736c1cee597a9409595"}','{"thumbnailEtag":"34b1e28aa9d92736c1cee597a9409595","width":8,"height":8,"bytes":60}','34b1e28aa9d92736c1cee597a9409595','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,62,'139','references/01. Model/profile_neutral/000139.png','{"thumbnailEtag":null}','{"thumbnailEtag":"3d32f01ff6629fb7604e35cdc599eec1"}','{"thumbnailEtag":"3d32f01ff6629fb7604e35cdc599eec1","width":8,"height":8,"bytes":60}','3d32f01ff6629fb7604e35cdc599eec1','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,63,'140','generated/maker-19/2026/11/000140.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8405c186d964a357b319b7e6e550cf99"}','{"thumbnailEtag":"8405c186d964a357b319b7e6e550cf99","width":8,"height":8,"bytes":60}','8405c186d964a357b319b7e6e550cf99','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,64,'141','references/01. Model/three-quarter_warm/000141.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ca38bc502bec442426f20d8ae7a8ac0c"}','{"thumbnailEtag":"ca38bc502bec442426f20d8ae7a8ac0c","width":8,"height":8,"bytes":60}','ca38bc502bec442426f20d8ae7a8ac0c','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,65,'142','generated/maker-20/2026/11/000142.png','{"thumbnailEtag":null}','{"thumbnailEtag":"50c25715cba298a522f5857227e0eec7"}','{"thumbnailEtag":"50c25715cba298a522f5857227e0eec7","width":8,"height":8,"bytes":60}','50c25715cba298a522f5857227e0eec7','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,66,'143','references/01. Model/front_warm/000143.png','{"thumbnailEtag":null}','{"thumbnailEtag":"babb7a4ba35221fd2e02b00da3cf3b32"}','{"thumbnailEtag":"babb7a4ba35221fd2e02b00da3cf3b32","width":8,"height":8,"bytes":60}','babb7a4ba35221fd2e02b00da3cf3b32','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,67,'144','generated/maker-21/2026/11/000144.png','{"thumbnailEtag":null}','{"thumbnailEtag":"cd208d296e74c1cf5be89575a81f1be2"}','{"thumbnailEtag":"cd208d296e74c1cf5be89575a81f1be2","width":8,"height":8,"bytes":60}','cd208d296e74c1cf5be89575a81f1be2','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,68,'145','references/01. Model/profile_neutral/000145.png','{"thumbnailEtag":null}','{"thumbnailEtag":"471505740982c57c24c9778d9b3e0b23"}','{"thumbnailEtag":"471505740982c57c24c9778d9b3e0b23","width":8,"height":8,"bytes":60}','471505740982c57c24c9778d9b3e0b23','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,69,'146','generated/maker-22/2026/11/000146.png','{"thumbnailEtag":null}','{"thumbnailEtag":"8caa9545ad46055a7691ead13271f320"}','{"thumbnailEtag":"8caa9545ad46055a7691ead13271f320","width":8,"height":8,"bytes":60}','8caa9545ad46055a7691ead13271f320','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,70,'147','references/01. Model/three-quarter_warm/000147.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ffb438fad7116a1c77c25bffc943fcc8"}','{"thumbnailEtag":"ffb438fad7116a1c77c25bffc943fcc8","width":8,"height":8,"bytes":60}','ffb438fad7116a1c77c25bffc943fcc8','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,71,'148','generated/maker-23/2026/11/000148.png','{"thumbnailEtag":null}','{"thumbnailEtag":"ac62bb23bcd0edfd1a2f992ce0d6363d"}','{"thumbnailEtag":"ac62bb23bcd0edfd1a2f992ce0d6363d","width":8,"height":8,"bytes":60}','ac62bb23bcd0edfd1a2f992ce0d6363d','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,72,'149','references/01. Model/front_warm/000149.png','{"thumbnailEtag":null}','{"thumbnailEtag":"7c4c9a6eccab28b4847333edde5e614a"}','{"thumbnailEtag":"7c4c9a6eccab28b4847333edde5e614a","width":8,"height":8,"bytes":60}','7c4c9a6eccab28b4847333edde5e614a','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,73,'150','generated/maker-24/2026/11/000150.png','{"thumbnailEtag":null}','{"thumbnailEtag":"9dbe93e3eab6e3c8dd2bb1cca3c9df04"}','{"thumbnailEtag":"9dbe93e3eab6e3c8dd2bb1cca3c9df04","width":8,"height":8,"bytes":60}','9dbe93e3eab6e3c8dd2bb1cca3c9df04','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(3,74,'151','references/01. Model/profile_neutral/000151.png','{"thumbnailEtag":null}','{"thumbnailEtag":"7603df43faf5baf991fdb5eb96706c43"}','{"thumbnailEtag":"7603df43faf5baf991fdb5eb96706c43","width":8,"height":8,"bytes":60}','7603df43faf5baf991fdb5eb96706c43','succeeded',NULL,1,0,NULL,NULL,1795108850000);
INSERT INTO "JobItem" VALUES(11,0,'1','generated/jun-park/2026/11/8c1f27d0.png','{"thumbnailEtag":null}','{"thumbnailEtag":"506d613389e90fc499853ba791e32e40"}','{"thumbnailEtag":"506d613389e90fc499853ba791e32e40","width":8,"height":8,"bytes":60}','506d613389e90fc499853ba791e32e40','succeeded',NULL,1,0,NULL,NULL,1795191950000);
INSERT INTO "JobItem" VALUES(11,1,'4','uploads/jun-park/2026/11/pose.png','{"thumbnailEtag":null}','{"thumbnailEtag":"b22cd62c1c548940c78200a08b8f16b4"}',NULL,'b22cd62c1c548940c78200a08b8f16b4',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(14,0,'generated/',NULL,'{"direct":false}',NULL,'{"objects":29,"new":0,"changed":0,"back":0,"gone":0}',NULL,'succeeded',NULL,1,0,NULL,NULL,1795187450000);
INSERT INTO "JobItem" VALUES(14,1,'misc/',NULL,'{"direct":false}',NULL,'{"objects":1,"new":0,"changed":0,"back":0,"gone":0}',NULL,'succeeded',NULL,1,0,NULL,NULL,1795187450000);
INSERT INTO "JobItem" VALUES(14,2,'references/',NULL,'{"direct":false}',NULL,'{"objects":45,"new":0,"changed":0,"back":0,"gone":0}',NULL,'succeeded',NULL,1,0,NULL,NULL,1795187450000);
INSERT INTO "JobItem" VALUES(14,3,'uploads/',NULL,'{"direct":false}',NULL,'{"objects":1,"new":0,"changed":0,"back":0,"gone":0}',NULL,'succeeded',NULL,1,0,NULL,NULL,1795187450000);
INSERT INTO "JobItem" VALUES(5,0,'references/01. Model/front_neutral/02.png',NULL,'{"key":"references/01. Model/front_neutral/02.png","etag":"ad9a3d1f91c18a8b9a5e0fc740671602","bytes":113}','{"key":"references/01. Model/front_cool/02.png"}','{"key":"references/01. Model/front_cool/02.png","etag":"ad9a3d1f91c18a8b9a5e0fc740671602","bytes":113}','ad9a3d1f91c18a8b9a5e0fc740671602','succeeded',NULL,1,0,NULL,NULL,1795174850000);
INSERT INTO "JobItem" VALUES(5,1,'references/01. Model/front_neutral/reference.png',NULL,'{"key":"references/01. Model/front_neutral/reference.png","etag":"39ced50479a82fb44cfd875a4b0ee74c","bytes":115}','{"key":"references/01. Model/front_cool/reference.png"}','{"key":"references/01. Model/front_cool/reference.png","etag":"39ced50479a82fb44cfd875a4b0ee74c","bytes":115}','39ced50479a82fb44cfd875a4b0ee74c','succeeded',NULL,1,0,NULL,NULL,1795174850000);
INSERT INTO "JobItem" VALUES(7,0,'references/01. Model/profile_cool/02.png',NULL,'{"key":"references/01. Model/profile_cool/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f","bytes":115}','{"key":"references/01. Model/profile_neutral/02.png"}','{"key":"references/01. Model/profile_neutral/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f","bytes":115}','1026cf32a6706b564528c71b0a13bb9f','succeeded',NULL,1,0,NULL,NULL,1795176050000);
INSERT INTO "JobItem" VALUES(8,0,'references/01. Model/profile_neutral/02.png',NULL,'{"key":"references/01. Model/profile_neutral/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f","bytes":115}','{"key":"references/01. Model/profile_cool/02.png"}','{"key":"references/01. Model/profile_cool/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f","bytes":115}','1026cf32a6706b564528c71b0a13bb9f','succeeded',NULL,1,0,NULL,NULL,1795176650000);
INSERT INTO "JobItem" VALUES(10,0,'references/01. Model/back_neutral/02.png',NULL,'{"key":"references/01. Model/back_neutral/02.png","etag":"a3e5649f534cbe098ea997fca6e0244b","bytes":115}','{"key":"references/01. Model/back_warm/02.png"}','{"key":"references/01. Model/back_warm/02.png","etag":"a3e5649f534cbe098ea997fca6e0244b","bytes":115}','a3e5649f534cbe098ea997fca6e0244b','succeeded',NULL,1,0,NULL,NULL,1795192730000);
INSERT INTO "JobItem" VALUES(10,1,'references/01. Model/back_neutral/03.png',NULL,'{"key":"references/01. Model/back_neutral/03.png","etag":"f6150b7f1d09949cc1888f28202851fc","bytes":115}','{"key":"references/01. Model/back_warm/03.png"}',NULL,'f6150b7f1d09949cc1888f28202851fc',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(10,2,'references/01. Model/back_neutral/reference.png',NULL,'{"key":"references/01. Model/back_neutral/reference.png","etag":"4b9f3f32208f66686e76f54951c54fe9","bytes":115}','{"key":"references/01. Model/back_warm/reference.png"}',NULL,'4b9f3f32208f66686e76f54951c54fe9',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(12,0,'references/01. Model/front_warm/notes.txt',NULL,'{"key":"references/01. Model/front_warm/notes.txt","etag":"8ae8f83e2051a14762cac47f0c3b4698","bytes":21}','{"key":"trash/run-12/references/01. Model/front_warm/notes.txt"}',NULL,'8ae8f83e2051a14762cac47f0c3b4698',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(4,0,'6','references/01. Model/IMG_2041.png','{"etag":"3ea666d97d30ec22adbb0727649e3e08"}',NULL,'{"angle":"profile","tone":"neutral","expression":"neutral","hairLength":"medium","wardrobe":"sport","ageRange":"30s"}','3ea666d97d30ec22adbb0727649e3e08','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,1,'21','references/01. Model/back_neutral/reference.png','{"etag":"4b9f3f32208f66686e76f54951c54fe9"}',NULL,'{"angle":"three-quarter","tone":"neutral","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','4b9f3f32208f66686e76f54951c54fe9','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,2,'19','references/01. Model/back_warm/02.png','{"etag":"a3e5649f534cbe098ea997fca6e0244b"}',NULL,'{"angle":"back","tone":"cool","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"child"}','a3e5649f534cbe098ea997fca6e0244b','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,3,'20','references/01. Model/back_warm/03.png','{"etag":"f6150b7f1d09949cc1888f28202851fc"}',NULL,'{"angle":"front","tone":"warm","expression":"serious","hairLength":"covered","wardrobe":"casual","ageRange":"teen"}','f6150b7f1d09949cc1888f28202851fc','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,4,'18','references/01. Model/front_cool/02.png','{"etag":"ad9a3d1f91c18a8b9a5e0fc740671602"}',NULL,'{"angle":"profile","tone":"neutral","expression":"neutral","hairLength":"medium","wardrobe":"sport","ageRange":"70+"}','ad9a3d1f91c18a8b9a5e0fc740671602','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,5,'17','references/01. Model/front_cool/reference.png','{"etag":"39ced50479a82fb44cfd875a4b0ee74c"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','39ced50479a82fb44cfd875a4b0ee74c','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,6,'9','references/01. Model/front_warm/02.png','{"etag":"a0e18eefa395ebebe9fe0c30c6af1c2f"}',NULL,NULL,'a0e18eefa395ebebe9fe0c30c6af1c2f','failed',NULL,1,0,'refused','Gemini declined to label this image: it judged the image or its own answer unsafe (IMAGE_SAFETY). Label it by hand.',1795168850000);
INSERT INTO "JobItem" VALUES(4,7,'10','references/01. Model/front_warm/03.png','{"etag":"c17c6a8d137767f2c016d1602444b861"}',NULL,'{"angle":"profile","tone":"cool","expression":"neutral","hairLength":"medium","wardrobe":"sport","ageRange":"70+"}','c17c6a8d137767f2c016d1602444b861','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,8,'23','references/01. Model/profile_cool/02.png','{"etag":"1026cf32a6706b564528c71b0a13bb9f"}',NULL,'{"angle":"back","tone":"warm","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','1026cf32a6706b564528c71b0a13bb9f','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,9,'22','references/01. Model/profile_cool/reference.png','{"etag":"23f15aabd94fdd0d5d71753000a053ea"}',NULL,'{"angle":"profile","tone":"cool","expression":"neutral","hairLength":"medium","wardrobe":"sport","ageRange":"30s"}','23f15aabd94fdd0d5d71753000a053ea','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,10,'12','references/01. Model/profile_neutral/02.png','{"etag":"8f51f3e940a701924a693460dfb4730e"}',NULL,'{"angle":"front","tone":"neutral","expression":"serious","hairLength":"covered","wardrobe":"casual","ageRange":"teen"}','8f51f3e940a701924a693460dfb4730e','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,11,'13','references/01. Model/profile_neutral/03.png','{"etag":"3981daf4e2d18783484525525e993a75"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','3981daf4e2d18783484525525e993a75','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,12,'25','references/01. Model/side view??/01.png','{"etag":"27c584cf38fadd0130c25dba92e7c667"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','27c584cf38fadd0130c25dba92e7c667','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,13,'15','references/01. Model/three-quarter_warm/02.png','{"etag":"74e7c303bdf4a7eee9b35af9c50115a9"}',NULL,'{"angle":"back","tone":"neutral","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','74e7c303bdf4a7eee9b35af9c50115a9','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,14,'16','references/01. Model/three-quarter_warm/03.png','{"etag":"ca618f0232ea0dc657773d7ff11d9801"}',NULL,'{"angle":"front","tone":"cool","expression":"serious","hairLength":"covered","wardrobe":"casual","ageRange":"50s"}','ca618f0232ea0dc657773d7ff11d9801','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,15,'101','references/01. Model/front_warm/000101.png','{"etag":"7d38e9787fef8534e1006a189215837c"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','7d38e9787fef8534e1006a189215837c','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,16,'107','references/01. Model/front_warm/000107.png','{"etag":"70dc111a7ab2b9dd81743fc16d44f14c"}',NULL,'{"angle":"back","tone":"warm","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"child"}','70dc111a7ab2b9dd81743fc16d44f14c','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,17,'113','references/01. Model/front_warm/000113.png','{"etag":"0ec2fd9c525ef108f6ee71cfa8111ea3"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','0ec2fd9c525ef108f6ee71cfa8111ea3','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,18,'119','references/01. Model/front_warm/000119.png','{"etag":"35d5f69471489292eacd0bdef49c00ba"}',NULL,'{"angle":"back","tone":"warm","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','35d5f69471489292eacd0bdef49c00ba','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,19,'125','references/01. Model/front_warm/000125.png','{"etag":"8e80aecb6b6fd34e145e1fe6014965c3"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','8e80aecb6b6fd34e145e1fe6014965c3','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,20,'131','references/01. Model/front_warm/000131.png','{"etag":"db3d3e95bf4a00ad64729203f570fc80"}',NULL,'{"angle":"back","tone":"warm","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"child"}','db3d3e95bf4a00ad64729203f570fc80','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,21,'137','references/01. Model/front_warm/000137.png','{"etag":"dac2a0a7f460d05fe0959c3bf80624fe"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','dac2a0a7f460d05fe0959c3bf80624fe','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,22,'143','references/01. Model/front_warm/000143.png','{"etag":"babb7a4ba35221fd2e02b00da3cf3b32"}',NULL,'{"angle":"back","tone":"warm","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','babb7a4ba35221fd2e02b00da3cf3b32','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,23,'149','references/01. Model/front_warm/000149.png','{"etag":"7c4c9a6eccab28b4847333edde5e614a"}',NULL,'{"angle":"three-quarter","tone":"warm","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','7c4c9a6eccab28b4847333edde5e614a','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,24,'103','references/01. Model/profile_neutral/000103.png','{"etag":"9ec21ec56a9a91859a47969dee4c3007"}',NULL,'{"angle":"back","tone":"cool","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','9ec21ec56a9a91859a47969dee4c3007','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,25,'109','references/01. Model/profile_neutral/000109.png','{"etag":"11d1b814d9d1bc1c7891abeafd309c04"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','11d1b814d9d1bc1c7891abeafd309c04','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,26,'115','references/01. Model/profile_neutral/000115.png','{"etag":"70483d14f6a9c5c9e75382247e901fa7"}',NULL,'{"angle":"back","tone":"cool","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"child"}','70483d14f6a9c5c9e75382247e901fa7','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(4,27,'121','references/01. Model/profile_neutral/000121.png','{"etag":"50d9b6ab49b32cdd2c6050eb5708a6f2"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','50d9b6ab49b32cdd2c6050eb5708a6f2','succeeded',NULL,1,0,NULL,NULL,1795168850000);
INSERT INTO "JobItem" VALUES(9,0,'127','references/01. Model/profile_neutral/000127.png','{"etag":"a5772e1589945becd78386dc65a030b2"}',NULL,'{"angle":"back","tone":"cool","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"40s"}','a5772e1589945becd78386dc65a030b2','succeeded',NULL,1,0,NULL,NULL,1795191050000);
INSERT INTO "JobItem" VALUES(9,1,'133','references/01. Model/profile_neutral/000133.png','{"etag":"14d8f9bec7aa3fa5086a7208abe5ee81"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"20s"}','14d8f9bec7aa3fa5086a7208abe5ee81','succeeded',NULL,1,0,NULL,NULL,1795191050000);
INSERT INTO "JobItem" VALUES(9,2,'139','references/01. Model/profile_neutral/000139.png','{"etag":"3d32f01ff6629fb7604e35cdc599eec1"}',NULL,'{"angle":"back","tone":"cool","expression":"smiling","hairLength":"long","wardrobe":"other","ageRange":"child"}','3d32f01ff6629fb7604e35cdc599eec1','succeeded',NULL,1,0,NULL,NULL,1795191050000);
INSERT INTO "JobItem" VALUES(9,3,'145','references/01. Model/profile_neutral/000145.png','{"etag":"471505740982c57c24c9778d9b3e0b23"}',NULL,'{"angle":"three-quarter","tone":"cool","expression":"other","hairLength":"short","wardrobe":"formal","ageRange":"60s"}','471505740982c57c24c9778d9b3e0b23','succeeded',NULL,1,0,NULL,NULL,1795191050000);
INSERT INTO "JobItem" VALUES(9,4,'151','references/01. Model/profile_neutral/000151.png','{"etag":"7603df43faf5baf991fdb5eb96706c43"}',NULL,NULL,'7603df43faf5baf991fdb5eb96706c43',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,5,'105','references/01. Model/three-quarter_warm/000105.png','{"etag":"927096407f1d3abd2e3333c59f2ffe59"}',NULL,NULL,'927096407f1d3abd2e3333c59f2ffe59',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,6,'111','references/01. Model/three-quarter_warm/000111.png','{"etag":"9316170709cfd9cd996bc2c3553bb34d"}',NULL,NULL,'9316170709cfd9cd996bc2c3553bb34d',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,7,'117','references/01. Model/three-quarter_warm/000117.png','{"etag":"3188acb9e1f02b7e67f6c7432cd5339b"}',NULL,NULL,'3188acb9e1f02b7e67f6c7432cd5339b',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,8,'123','references/01. Model/three-quarter_warm/000123.png','{"etag":"dd12b9e04e0e82aa9710a0db04b3326e"}',NULL,NULL,'dd12b9e04e0e82aa9710a0db04b3326e',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,9,'129','references/01. Model/three-quarter_warm/000129.png','{"etag":"994342f91836f3c9f0cefb83208beeb5"}',NULL,NULL,'994342f91836f3c9f0cefb83208beeb5',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,10,'135','references/01. Model/three-quarter_warm/000135.png','{"etag":"8c6dc23196d03629f307d91041db1d56"}',NULL,NULL,'8c6dc23196d03629f307d91041db1d56',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,11,'141','references/01. Model/three-quarter_warm/000141.png','{"etag":"ca38bc502bec442426f20d8ae7a8ac0c"}',NULL,NULL,'ca38bc502bec442426f20d8ae7a8ac0c',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "JobItem" VALUES(9,12,'147','references/01. Model/three-quarter_warm/000147.png','{"etag":"ffb438fad7116a1c77c25bffc943fcc8"}',NULL,NULL,'ffb438fad7116a1c77c25bffc943fcc8',NULL,NULL,0,0,NULL,NULL,NULL);
INSERT INTO "Operator" VALUES(1,'mina@example.com','Mina Kang','admin',1794652845000,1795189245000,NULL);
INSERT INTO "Operator" VALUES(2,'ken@example.com','Ken Ito','viewer',1794652845000,1794952845000,NULL);
INSERT INTO "Operator" VALUES(3,'lee@example.com','Lee','operator',1794652845000,NULL,1795072845000);
INSERT INTO "Session" VALUES('57ce5a6db0b751d75d4d5e2fb3a3b66750d5d78b14fc7f3f4bceb7a1e2863819',1,1795189245000,1795232445000);
INSERT INTO "Schedule" VALUES('audit-groups','audit-groups','Audit attribute groups','{"root":null}','*/30 * * * *','UTC',1,1795192245000,0,NULL,1795192245000);
INSERT INTO "Schedule" VALUES('index-images','index-images','Index images','{"prefix":""}','10 * * * *','UTC',0,1795192245000,0,NULL,1795192245000);
INSERT INTO "Schedule" VALUES('remove-old-items','remove-old-items','Remove old run items','{"days":90}','20 3 * * *','UTC',1,1795192245000,0,NULL,1795192245000);
INSERT INTO "Schedule" VALUES('thin-snapshots','thin-snapshots','Thin old audits','{"days":30}','40 3 * * *','UTC',1,1795192245000,2,1795019985000,1795192245000);
INSERT INTO "AuditEvent" VALUES(1,1795189245000,'operator:1','Mina Kang','session.start','operator:1','{}','Signed in');
INSERT INTO "AuditEvent" VALUES(2,1795187445000,'operator:1','Mina Kang','finding.ignore','finding:2','{}','Ignored the finding No group says …');
INSERT INTO "AuditEvent" VALUES(3,1795188645000,'operator:1','Mina Kang','schedule.disable','schedule:index-images','{}','Switched off Index images');
INSERT INTO "AuditEvent" VALUES(4,1795191045000,'operator:1','Mina Kang','run.start','run:9','{}','Started run 9 (Label run)');
INSERT INTO "AuditEvent" VALUES(5,1795191105000,'operator:1','Mina Kang','run.apply','run:9','{}','Applied the plan of run 9 (Label run)');
INSERT INTO "AuditEvent" VALUES(6,1795192844999,'schedule:thin-snapshots','Thin old audits','schedule.missed','schedule:thin-snapshots','{"slots":2}','Missed 2 slots');
INSERT INTO "Label" VALUES(6,'tone','neutral',1,'3ea666d97d30ec22adbb0727649e3e08','model',0.9,1,'operator:1',1795180845000);
INSERT INTO "Label" VALUES(21,'tone','neutral',1,'4b9f3f32208f66686e76f54951c54fe9','model',0.9,1,'operator:1',1795180845000);
INSERT INTO "Label" VALUES(18,'tone','neutral',1,'ad9a3d1f91c18a8b9a5e0fc740671602','model',0.9,1,'operator:1',1795180845000);
INSERT INTO "Label" VALUES(12,'tone','neutral',1,'8f51f3e940a701924a693460dfb4730e','model',0.9,1,'operator:1',1795180845000);
INSERT INTO "Label" VALUES(15,'tone','neutral',1,'74e7c303bdf4a7eee9b35af9c50115a9','model',0.9,1,'operator:1',1795180845000);
INSERT INTO "Label" VALUES(13,'angle','profile',2,'3ea666d97d30ec22adbb0727649e3e08','person',NULL,NULL,'operator:1',1795183845000);
INSERT INTO "Label" VALUES(16,'tone','warm',1,'d41d8cd98f00b204e9800998ecf8427e','import',NULL,NULL,'script:mina@studio',1794892845000);
INSERT INTO "ObjectMove" VALUES(5,0,'references/01. Model/front_neutral/02.png','references/01. Model/front_cool/02.png','ad9a3d1f91c18a8b9a5e0fc740671602','cb1bfadbe4d5b0e53347792169dd154678483bea08d3c7ceb23193fa77e943a0',113,'ad9a3d1f91c18a8b9a5e0fc740671602',1795174847000,1795174849000);
INSERT INTO "ObjectMove" VALUES(5,1,'references/01. Model/front_neutral/reference.png','references/01. Model/front_cool/reference.png','39ced50479a82fb44cfd875a4b0ee74c','12dad1c02192282b1e34b4bebb8196c0bbea7ef9e3b85f9a491e60255fab931c',115,'39ced50479a82fb44cfd875a4b0ee74c',1795174847000,1795174849000);
INSERT INTO "ObjectMove" VALUES(7,0,'references/01. Model/profile_cool/02.png','references/01. Model/profile_neutral/02.png','1026cf32a6706b564528c71b0a13bb9f','6b160ca1539a3ddbf78355ca9285bc2723604fced6a28311255593d717eb53f6',115,'1026cf32a6706b564528c71b0a13bb9f',1795176047000,1795176049000);
INSERT INTO "ObjectMove" VALUES(8,0,'references/01. Model/profile_neutral/02.png','references/01. Model/profile_cool/02.png','1026cf32a6706b564528c71b0a13bb9f','6b160ca1539a3ddbf78355ca9285bc2723604fced6a28311255593d717eb53f6',115,'1026cf32a6706b564528c71b0a13bb9f',1795176647000,1795176649000);
INSERT INTO "ObjectMove" VALUES(10,0,'references/01. Model/back_neutral/02.png','references/01. Model/back_warm/02.png','a3e5649f534cbe098ea997fca6e0244b','43eca9710cc3aff7d7eff8d71dfdd27c6b38543d1e8ebdabf062f5c6192f3603',115,'a3e5649f534cbe098ea997fca6e0244b',1795192727000,1795192729000);
INSERT INTO "ObjectMove" VALUES(10,1,'references/01. Model/back_neutral/03.png','references/01. Model/back_warm/03.png','f6150b7f1d09949cc1888f28202851fc','c8ca1bc0f9c1b25b5c7d80b4d749883b53fbb48789f17c8c51c310bfcdd56bfa',115,'f6150b7f1d09949cc1888f28202851fc',1795192727000,NULL);
INSERT INTO "ObjectListing" VALUES('c36e0bf5d65362ff4749b55dfdb53e854e535440d44a5e6688ab97b3a301ec1a','[["IMG_2041.png","3ea666d97d30ec22adbb0727649e3e08",112]]');
INSERT INTO "ObjectListing" VALUES('dc43292661299c00fd02c1385a8337a809b97b41ca2ef39098dde1faca9cae6f','[["reference.png","4b9f3f32208f66686e76f54951c54fe9",115]]');
INSERT INTO "ObjectListing" VALUES('03690f7e5dfe834a3369368632b5d6e07d78a9362e7e3f0eb19c01d00bcd53ff','[["02.png","a3e5649f534cbe098ea997fca6e0244b",115],["03.png","f6150b7f1d09949cc1888f28202851fc",115]]');
INSERT INTO "ObjectListing" VALUES('a28f5fa92c29b86f5c6f264767f7908b4b26e6c1193ffa834dc27bcd95915ba8','[["02.png","ad9a3d1f91c18a8b9a5e0fc740671602",113],["reference.png","39ced50479a82fb44cfd875a4b0ee74c",115]]');
INSERT INTO "ObjectListing" VALUES('0170a5af981edd4d5c7f17cef7d1be2d3317f1047b0876a3ab05312ded8f2abf','[["000101.png","7d38e9787fef8534e1006a189215837c",116],["000107.png","70dc111a7ab2b9dd81743fc16d44f14c",116],["000113.png","0ec2fd9c525ef108f6ee71cfa8111ea3",116],["000119.png","35d5f69471489292eacd0bdef49c00ba",116],["000125.png","8e80aecb6b6fd34e145e1fe6014965c3",116],["000131.png","db3d3e95bf4a00ad64729203f570fc80",116],["000137.png","dac2a0a7f460d05fe0959c3bf80624fe",116],["000143.png","babb7a4ba35221fd2e02b00da3cf3b32",116],["000149.png","7c4c9a6eccab28b4847333edde5e614a",116],["02.png","a0e18eefa395ebebe9fe0c30c6af1c2f",114],["03.png","c17c6a8d137767f2c016d1602444b861",113],["notes.txt","8ae8f83e2051a14762cac47f0c3b4698",21],["reference.png","e5616c94b858f457e21914681d439f7b",114]]');
INSERT INTO "ObjectListing" VALUES('6648ae4bda8175090b00e154b06044896a0f409dcdf6fa2e53cbcea260fb1235','[["02.png","1026cf32a6706b564528c71b0a13bb9f",115],["reference.png","23f15aabd94fdd0d5d71753000a053ea",113]]');
INSERT INTO "ObjectListing" VALUES('7ca4dd8d43cc96244b1fdb23a10cf74bc545c250ce40300afa5f35527fe697e5','[["000103.png","9ec21ec56a9a91859a47969dee4c3007",116],["000109.png","11d1b814d9d1bc1c7891abeafd309c04",116],["000115.png","70483d14f6a9c5c9e75382247e901fa7",116],["000121.png","50d9b6ab49b32cdd2c6050eb5708a6f2",116],["000127.png","a5772e1589945becd78386dc65a030b2",116],["000133.png","14d8f9bec7aa3fa5086a7208abe5ee81",116],["000139.png","3d32f01ff6629fb7604e35cdc599eec1",116],["000145.png","471505740982c57c24c9778d9b3e0b23",116],["000151.png","7603df43faf5baf991fdb5eb96706c43",116],["02.png","8f51f3e940a701924a693460dfb4730e",115],["03.png","3981daf4e2d18783484525525e993a75",115],["reference.png","ef2bb169b7991db005f6e2e4b5cf19d0",115]]');
INSERT INTO "ObjectListing" VALUES('d46129cb70fe7f5d410c9e89c93ba0a2db671f09c9a19437823d663c14a0474a','[["01.png","27c584cf38fadd0130c25dba92e7c667",115]]');
INSERT INTO "ObjectListing" VALUES('17286443b464d4ff5be9c316b2afbd50cea78a7aa294865f34e4d1533a6662ba','[["000105.png","927096407f1d3abd2e3333c59f2ffe59",116],["000111.png","9316170709cfd9cd996bc2c3553bb34d",116],["000117.png","3188acb9e1f02b7e67f6c7432cd5339b",116],["000123.png","dd12b9e04e0e82aa9710a0db04b3326e",116],["000129.png","994342f91836f3c9f0cefb83208beeb5",116],["000135.png","8c6dc23196d03629f307d91041db1d56",116],["000141.png","ca38bc502bec442426f20d8ae7a8ac0c",116],["000147.png","ffb438fad7116a1c77c25bffc943fcc8",116],["02.png","74e7c303bdf4a7eee9b35af9c50115a9",115],["03.png","ca618f0232ea0dc657773d7ff11d9801",115],["reference.png","e9db6e16f34afeba5c7f988d3694a72f",113]]');
INSERT INTO "Alert" VALUES(1,'finding:4','finding','error','Model','references/01. Model/side view??/','“side view??” is not “angle_tone”: no angle called “side view??”.','{"findingId":4,"type":"unreadable-name"}',1795102845000,1795185645000,NULL,NULL,NULL);
INSERT INTO "Alert" VALUES(2,'reference:Model:references/01. Model/profile_cool/','reference-changed','warning','Model','references/01. Model/profile_cool/','The reference image of “profile_cool” is another one.','{"group":"profile_cool","before":{"key":"references/01. Model/profile_cool/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f"},"after":{"key":"references/01. Model/profile_cool/reference.png","etag":"23f15aabd94fdd0d5d71753000a053ea"}}',1795185645000,1795185645000,NULL,NULL,NULL);
INSERT INTO "Alert" VALUES(3,'reference:Model:references/01. Model/profile_cool/','reference-changed','warning','Model','references/01. Model/profile_cool/','The reference image of “profile_cool” is another one.','{"group":"profile_cool","before":{"key":"references/01. Model/profile_cool/02.png","etag":"1026cf32a6706b564528c71b0a13bb9f"},"after":null}',1795102845000,1795185645000,1795132845000,'operator:1','Mina Kang');
INSERT INTO "Group" VALUES(1,1,'references/01. Model/back_neutral/','back_neutral','{"angle":"back","tone":"neutral"}',NULL,1,1,115,1794592845000,'references/01. Model/back_neutral/reference.png','4b9f3f32208f66686e76f54951c54fe9','dc43292661299c00fd02c1385a8337a809b97b41ca2ef39098dde1faca9cae6f');
INSERT INTO "Group" VALUES(2,1,'references/01. Model/back_warm/','back_warm','{"angle":"back","tone":"warm"}',NULL,2,2,230,1794592845000,NULL,NULL,'03690f7e5dfe834a3369368632b5d6e07d78a9362e7e3f0eb19c01d00bcd53ff');
INSERT INTO "Group" VALUES(3,1,'references/01. Model/front_cool/','front_cool','{"angle":"front","tone":"cool"}',NULL,2,2,228,1794592845000,'references/01. Model/front_cool/reference.png','39ced50479a82fb44cfd875a4b0ee74c','a28f5fa92c29b86f5c6f264767f7908b4b26e6c1193ffa834dc27bcd95915ba8');
INSERT INTO "Group" VALUES(4,1,'references/01. Model/front_warm/','front_warm','{"angle":"front","tone":"warm"}',NULL,13,12,1406,1794592845000,'references/01. Model/front_warm/reference.png','e5616c94b858f457e21914681d439f7b','0170a5af981edd4d5c7f17cef7d1be2d3317f1047b0876a3ab05312ded8f2abf');
INSERT INTO "Group" VALUES(5,1,'references/01. Model/profile_cool/','profile_cool','{"angle":"profile","tone":"cool"}',NULL,2,2,228,1794592845000,'references/01. Model/profile_cool/02.png','1026cf32a6706b564528c71b0a13bb9f','6648ae4bda8175090b00e154b06044896a0f409dcdf6fa2e53cbcea260fb1235');
INSERT INTO "Group" VALUES(6,1,'references/01. Model/profile_neutral/','profile_neutral','{"angle":"profile","tone":"neutral"}',NULL,12,12,1389,1794592845000,'references/01. Model/profile_neutral/reference.png','ef2bb169b7991db005f6e2e4b5cf19d0','7ca4dd8d43cc96244b1fdb23a10cf74bc545c250ce40300afa5f35527fe697e5');
INSERT INTO "Group" VALUES(7,1,'references/01. Model/side view??/','side view??',NULL,'not “angle_tone”: no angle called “side view??”',1,1,115,1794592845000,NULL,NULL,'d46129cb70fe7f5d410c9e89c93ba0a2db671f09c9a19437823d663c14a0474a');
INSERT INTO "Group" VALUES(8,1,'references/01. Model/three-quarter_warm/','three-quarter_warm','{"angle":"three-quarter","tone":"warm"}',NULL,11,11,1271,1794592845000,'references/01. Model/three-quarter_warm/reference.png','e9db6e16f34afeba5c7f988d3694a72f','17286443b464d4ff5be9c316b2afbd50cea78a7aa294865f34e4d1533a6662ba');
INSERT INTO "Group" VALUES(9,2,'references/01. Model/back_neutral/','back_neutral','{"angle":"back","tone":"neutral"}',NULL,1,1,115,1794592845000,'references/01. Model/back_neutral/reference.png','4b9f3f32208f66686e76f54951c54fe9','dc43292661299c00fd02c1385a8337a809b97b41ca2ef39098dde1faca9cae6f');
INSERT INTO "Group" VALUES(10,2,'references/01. Model/back_warm/','back_warm','{"angle":"back","tone":"warm"}',NULL,2,2,230,1794592845000,NULL,NULL,'03690f7e5dfe834a3369368632b5d6e07d78a9362e7e3f0eb19c01d00bcd53ff');
INSERT INTO "Group" VALUES(11,2,'references/01. Model/front_cool/','front_cool','{"angle":"front","tone":"cool"}',NULL,2,2,228,1794592845000,'references/01. Model/front_cool/reference.png','39ced50479a82fb44cfd875a4b0ee74c','a28f5fa92c29b86f5c6f264767f7908b4b26e6c1193ffa834dc27bcd95915ba8');
INSERT INTO "Group" VALUES(12,2,'references/01. Model/front_warm/','front_warm','{"angle":"front","tone":"warm"}',NULL,13,12,1406,1794592845000,'references/01. Model/front_warm/reference.png','e5616c94b858f457e21914681d439f7b','0170a5af981edd4d5c7f17cef7d1be2d3317f1047b0876a3ab05312ded8f2abf');
INSERT INTO "Group" VALUES(13,2,'references/01. Model/profile_cool/','profile_cool','{"angle":"profile","tone":"cool"}',NULL,2,2,228,1794592845000,'references/01. Model/profile_cool/reference.png','23f15aabd94fdd0d5d71753000a053ea','6648ae4bda8175090b00e154b06044896a0f409dcdf6fa2e53cbcea260fb1235');
INSERT INTO "Group" VALUES(14,2,'references/01. Model/profile_neutral/','profile_neutral','{"angle":"profile","tone":"neutral"}',NULL,12,12,1389,1794592845000,'references/01. Model/profile_neutral/reference.png','ef2bb169b7991db005f6e2e4b5cf19d0','7ca4dd8d43cc96244b1fdb23a10cf74bc545c250ce40300afa5f35527fe697e5');
INSERT INTO "Group" VALUES(15,2,'references/01. Model/side view??/','side view??',NULL,'not “angle_tone”: no angle called “side view??”',1,1,115,1794592845000,NULL,NULL,'d46129cb70fe7f5d410c9e89c93ba0a2db671f09c9a19437823d663c14a0474a');
INSERT INTO "Group" VALUES(16,2,'references/01. Model/three-quarter_warm/','three-quarter_warm','{"angle":"three-quarter","tone":"warm"}',NULL,11,11,1271,1794592845000,'references/01. Model/three-quarter_warm/reference.png','e9db6e16f34afeba5c7f988d3694a72f','17286443b464d4ff5be9c316b2afbd50cea78a7aa294865f34e4d1533a6662ba');
INSERT INTO "GroupSnapshot" VALUES(1,'Model','references/01. Model/',2,45,44,'c36e0bf5d65362ff4749b55dfdb53e854e535440d44a5e6688ab97b3a301ec1a',1795102845000,1795102845000);
INSERT INTO "GroupSnapshot" VALUES(2,'Model','references/01. Model/',2,45,44,'c36e0bf5d65362ff4749b55dfdb53e854e535440d44a5e6688ab97b3a301ec1a',1795185645000,1795185645000);
COMMIT;
