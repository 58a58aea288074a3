// Lints schema.graphql, and nothing else: the code is Biome's. What is printed there is fixed in src/graphql.
import graphql from '@graphql-eslint/eslint-plugin';

const {
  'flat/schema-all': all,
  'flat/schema-relay': relay,
  'flat/schema-recommended': recommended,
} = graphql.configs;

/** @type {import('eslint').Linter.Config[]} */
export default [
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...recommended.rules,
      ...all.rules,
      ...relay.rules,

      // Client developers read the schema: nothing in it goes without a word.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      '@graphql-eslint/relay-edge-types': [
        'error',
        {
          withEdgeSuffix: true,
          // Lists with a fixed maximum are plain lists: the citations of a development, say.
          listTypeCanWrapOnlyEdgeType: false,
          // RecordChange is worked out of two moments; nothing keeps it, so it has no id.
          shouldImplementNode: false,
        },
      ],

      // The printed schema is sorted.
      '@graphql-eslint/alphabetize': 'off',
      // Writing and following are what this server is for.
      '@graphql-eslint/no-root-type': 'off',
      // Only what can be asked for by itself has an id, and that implements Node.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Expected failures are members of the result union; an unexpected one fails the request.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
    },
  },
];
