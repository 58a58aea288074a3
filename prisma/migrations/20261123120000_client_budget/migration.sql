-- Unlogged: it holds a minute's figures, which may be lost with a crash, and takes a write for each request.
CREATE UNLOGGED TABLE "client_budget" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "client_budget_pkey" PRIMARY KEY ("key")
);
