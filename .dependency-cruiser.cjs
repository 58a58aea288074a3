// Enforces the layers: main → server → http, websocket → graphql → domain, feed;
// domain → feed (append), database; feed → database.

/** Forbids files in `from` to import anything in `to`. */
const never = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: to },
});

const src = (...folders) => `^src/(${folders.join('|')})`;
const GRAPHQL = 'node_modules/(graphql|graphql-yoga|graphql-ws|@pothos/[^/]+|ws)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Includes imports of types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    never(
      'database-knows-nobody',
      'database/',
      src('domain', 'feed', 'graphql', 'http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never(
      'feed-knows-the-database',
      'feed/',
      src('domain', 'graphql', 'http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never('feed-knows-no-graphql', 'feed/', GRAPHQL),
    never(
      'domain-knows-the-feed',
      'domain/',
      src('graphql', 'http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never('domain-knows-no-graphql', 'domain/', GRAPHQL),
    never(
      'graphql-knows-no-transport',
      'graphql/',
      src('http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never('transport-knows-the-schema', '(http|websocket|observe)/', src('import', 'backup', 'dossier')),
    never(
      'import-and-backup-know-the-domain',
      '(import|backup)/',
      src('graphql', 'http', 'websocket', 'observe', 'dossier'),
    ),
    never(
      'intake-knows-the-domain',
      'intake/',
      src('graphql', 'http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never('files-know-nobody', 'files/', '^src/(?!files/|(domain/)?errors\\.ts)'),
    never(
      'verify-knows-the-domain',
      'verify/',
      src('graphql', 'http', 'websocket', 'observe', 'import', 'backup', 'dossier'),
    ),
    never(
      'dossier-knows-the-domain',
      'dossier/',
      src('graphql', 'http', 'websocket', 'observe', 'import', 'backup'),
    ),
    {
      name: 'parameters-know-nobody',
      comment: 'They run in browsers and in the server.',
      severity: 'error',
      from: { path: '^src/parameters/' },
      to: { pathNot: '^src/parameters/' },
    },
    {
      name: 'web-knows-the-parameters',
      comment:
        'Pages know the server by its schema, the parameters of its URLs, and the contract for rendering.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/(?!parameters/|http/page/module\\.ts)' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'They know the server by its schema only.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^src/' },
    },
    {
      name: 'the-server-loads-the-built-page',
      severity: 'error',
      from: { path: '^(src|packages)/' },
      to: { path: '^web/' },
    },
    {
      name: 'client-runs-in-browsers',
      severity: 'error',
      from: { path: '^packages/client/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-composition-root',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|commands/.+)\\.ts$' },
      to: { path: '^src/(main|server|config/load)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'traces-are-loaded-when-asked-for',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/observe/open-telemetry\\.ts$' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'traces-are-loaded-late',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/observe/open-telemetry\\.ts$', dynamic: false },
    },
    {
      name: 'nothing-unused',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^src/main\\.ts$',
          '^src/dossier/build-images\\.ts$',
          '^packages/client/src/generated/',
          '^web/(wire|desk)/vite\\.config\\.ts$',
          '^web/wire/boot\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'dependencies-are-declared',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/generated/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
