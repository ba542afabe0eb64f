-- CreateTable
CREATE TABLE "ImageLook" (
    "imageId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "etag" TEXT NOT NULL,
    "placeholder" BLOB,
    "perceptualHash" TEXT NOT NULL,
    CONSTRAINT "ImageLook_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
