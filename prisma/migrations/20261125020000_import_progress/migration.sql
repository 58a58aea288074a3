-- CreateTable
CREATE TABLE "import_progress" (
    "dataset" TEXT NOT NULL,
    "mapping" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "files" TEXT[],
    "rows" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_progress_pkey" PRIMARY KEY ("dataset")
);
