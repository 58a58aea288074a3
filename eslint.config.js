// Lints schema.graphql only; Biome lints the code. Fix problems in src/graphql, which generates the schema.
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

      // Client developers read the schema, so everything in it has a description.
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
          // Lists with a fixed maximum are plain lists, such as the citations of a development.
          listTypeCanWrapOnlyEdgeType: false,
          // RecordChange is computed from two moments and not stored, so it has no id.
          shouldImplementNode: false,
        },
      ],

      // The printed schema is sorted.
      '@graphql-eslint/alphabetize': 'off',
      // This server has mutations and subscriptions.
      '@graphql-eslint/no-root-type': 'off',
      // Only types that can be fetched by themselves have an id, and they implement Node.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Expected errors are members of the result union; an unexpected one fails the request.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
    },
  },
];
