/** Faults that need no contract to be found, planted into public data: each by the right check, and by no other. */

import { expect, test } from 'vitest';
import { describeWithSharedData, sharedDataPresent } from '../support/shared-data.ts';
import { DataStage } from './data-stage-fixture.ts';
import { FAULTS, findingsOf, LABELLED, loud, readSides } from './planted-leaks-fixture.ts';

const stage = new DataStage();

describeWithSharedData('faults found without a contract', () => {
  if (!sharedDataPresent) return;
  for (const [name, subject] of Object.entries(LABELLED)) {
    const clean = readSides(subject);
    test(`${name}: clean data`, async () => {
      const findings = await findingsOf(stage, clean, subject);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(loud(findings)).toEqual(subject.warnings);
    });

    const faults = Object.entries(FAULTS).filter(([, { applies }]) => applies?.(subject) ?? true);
    test.each(faults)(`${name}: %s`, async (_, { plant, found, also = [], more, needsHoldout = false }) => {
      const sides = structuredClone(clean);
      plant(sides, subject);
      const findings = await findingsOf(stage, sides, subject, {
        holdout: needsHoldout,
        ...(more === undefined ? {} : { more }),
      });
      expect(findings.map(({ check }) => check)).toContain(found);
      const others = findings.filter(
        ({ check, severity }) => severity !== 'info' && check !== found && !also.includes(check),
      );
      expect(others.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
    });
  }
});
