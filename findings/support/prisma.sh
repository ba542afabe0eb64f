# Sourced by a finding: a folder with Prisma, its adapter of better-sqlite3 and a client of one model, Owner (id, name), in which
# the finding then is; it is removed at the end. Sets `work`. TypeScript there runs with `npx --no-install tsx`.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts prisma@7.10.0 @prisma/client@7.10.0 \
  @prisma/adapter-better-sqlite3@7.10.0 better-sqlite3@12.11.1 tsx@4.23.15
npm rebuild --prefix "$work" --silent better-sqlite3 esbuild > /dev/null
cd "$work"
cat > schema.prisma << 'SCHEMA'
generator client {
  provider = "prisma-client"
  output   = "./client"
}

datasource db {
  provider = "sqlite"
}

model Owner {
  id   Int    @id
  name String
}
SCHEMA
echo 'export default { schema: "schema.prisma" };' > prisma.config.mjs
touch no-engine
PRISMA_SCHEMA_ENGINE_BINARY="$work/no-engine" npx --no-install prisma generate > /dev/null 2>&1
