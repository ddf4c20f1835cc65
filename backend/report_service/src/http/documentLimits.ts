import { EnvelopArmor } from "@escape.tech/graphql-armor";
import { NoSchemaIntrospectionCustomRule } from "graphql";

/** The largest request body that is read, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * Limits on a document, checked before it is executed. All five queries of the schema with all their fields at once
 * fit in: depth 5, cost some 350.
 */
const LIMITS = {
  maxDepth: { n: 8 },
  maxAliases: { n: 10 },
  maxDirectives: { n: 20 },
  maxTokens: { n: 1000 },
  costLimit: { maxCost: 1000 },
};

/**
 * The limits as plugins of yoga. With `introspection` the schema may be asked for, which counts neither as depth nor
 * as cost, and mistyped names are answered with suggestions.
 */
export function documentLimits(options: { introspection: boolean }): readonly ArmorPlugin[] {
  const armor = new EnvelopArmor({ ...LIMITS, blockFieldSuggestion: { enabled: !options.introspection } });
  const { plugins } = armor.protect();
  return options.introspection ? plugins : [...plugins, noIntrospection];
}

type ArmorPlugin = ReturnType<EnvelopArmor["protect"]>["plugins"][number];

const noIntrospection: ArmorPlugin = {
  onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule),
};
