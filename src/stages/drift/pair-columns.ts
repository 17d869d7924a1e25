import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ColumnPair } from '../../core/drift/compare-columns.ts';
import { PREDICTION_NAME, predictionColumn } from '../../core/drift/prediction-column.ts';
import { alsoHiding, chooseDiscretion, hiddenColumns } from '../validation/hidden-columns.ts';
import type { SideRows } from './open-side.ts';
import type { ColumnPlan } from './plan-columns.ts';
import type { ScoredSides } from './score-sides.ts';

export type Pairing = {
  readonly configuration: Configuration;
  /** Whether values may be named: those of data outside of the repository never are. */
  readonly dataTracked: boolean;
  /** Columns found to hold personal data, beside those of the config. */
  readonly personal: readonly string[];
  readonly plan: ColumnPlan;
  readonly rows: { readonly reference: SideRows; readonly current: SideRows };
  readonly scored?: ScoredSides;
};

/** Features in their order, then the labels, then what the model makes of the features. */
export function pairColumns(pairing: Pairing): ColumnPair[] {
  const { configuration, plan } = pairing;
  const { target } = configuration.data;
  const names = [...plan.columns.map((column) => column.name), ...(target === undefined ? [] : [target])];
  const declared = chooseDiscretion(configuration.data, pairing.dataTracked, names);
  const hidden = hiddenColumns(names, alsoHiding(declared, pairing.personal));
  return [
    ...pairFeatures(pairing, hidden),
    ...pairLabels(pairing, hidden),
    ...pairPredictions(pairing, hidden),
  ];
}

function pairFeatures({ plan, rows }: Pairing, hidden: ReadonlySet<string>): ColumnPair[] {
  return plan.columns.map(({ name, note }, index) => ({
    name,
    role: 'feature',
    reference: rows.reference.features.columns[index]!,
    current: rows.current.features.columns[index]!,
    hidden: hidden.has(name),
    ...(note === undefined ? {} : { note }),
  }));
}

/** Only where current rows have labels: without any there is nothing to compare yet. */
function pairLabels({ configuration, rows }: Pairing, hidden: ReadonlySet<string>): ColumnPair[] {
  const { target } = configuration.data;
  const [reference, current] = [rows.reference.target, rows.current.target];
  if (target === undefined || !reference || !current || rows.current.labelledRows === 0) return [];
  return [
    {
      name: target,
      role: 'target',
      reference,
      current,
      hidden: hidden.has(target),
      missingExpected: true,
    },
  ];
}

function pairPredictions({ configuration, scored }: Pairing, hidden: ReadonlySet<string>): ColumnPair[] {
  if (scored === undefined) return [];
  const { task, data } = configuration;
  return [
    {
      name: PREDICTION_NAME,
      role: 'prediction',
      reference: predictionColumn(scored.reference, task, scored.classes),
      current: predictionColumn(scored.current, task, scored.classes),
      hidden: data.target !== undefined && hidden.has(data.target),
    },
  ];
}
