import { describe, expect, it } from 'vitest';
import { createPictureRenderer } from '../../../../src/adapters/pictures/picture-renderer.ts';
import { PICTURE_BUDGET } from '../../../../src/core/report/comment/shown-pictures.ts';
import { buildPictures } from '../../../../src/core/report/pictures/build-pictures.ts';
import { type Picture, THEMES } from '../../../../src/core/report/pictures/chart.ts';
import { comparison, losingSlice, metric, slice, slices } from '../../../support/documents.ts';
import { HOSTILE } from '../hostile-text.ts';

const renderer = createPictureRenderer();
const PICTURES = buildPictures(comparison({ slices: [...slices(), losingSlice()] }));

function draw(pictures: readonly Picture[]): string[] {
  return pictures.flatMap(({ chart }) => THEMES.map((theme) => renderer.render(chart, theme)));
}

/** Names of all elements and attributes. */
function markupOf(svg: string): { readonly elements: Set<string>; readonly attributes: Set<string> } {
  const tags = [...svg.matchAll(/<\/?([A-Za-z!?[][^\s/>]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*\/?>/g)];
  const left = tags.reduce((text, [tag]) => text.replace(tag, ''), svg);
  expect(left).not.toMatch(/[<>]/);
  return {
    elements: new Set(tags.map(([, name = '']) => name)),
    attributes: new Set(
      tags.flatMap(([, , attributes = '']) =>
        [...attributes.matchAll(/([\w:-]+)="/g)].map(([, name = '']) => name),
      ),
    ),
  };
}

const ELEMENTS = ['svg', 'rect', 'path', 'circle', 'text'];

describe('a drawn picture', () => {
  it('has the same bytes each time, and in any order', () => {
    const first = draw(PICTURES);
    expect(
      draw([...PICTURES].reverse())
        .reverse()
        .sort(),
    ).toEqual([...first].sort());
    expect(draw(PICTURES)).toEqual(first);
  });

  it('is of shapes and texts alone: no script, style sheet, link, reference or foreign content', () => {
    for (const svg of draw(PICTURES)) {
      const { elements, attributes } = markupOf(svg);
      expect(ELEMENTS).toEqual(expect.arrayContaining([...elements]));
      expect([...attributes].filter((name) => /^on|href|^id$|^class$|clip|filter|mask/.test(name))).toEqual(
        [],
      );
      expect(svg).not.toMatch(/url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg")/);
    }
  });

  it('has a background of its theme, so that it can be read on any page', () => {
    const [light, dark] = draw(PICTURES);
    expect(light).toContain('fill="#ffffff"/>');
    expect(dark).toContain('fill="#0d1117"/>');
    expect(light).not.toBe(dark);
  });

  it('tells champion from challenger by dashes, and loss from gain by words and place', () => {
    const roc = draw(PICTURES.filter(({ kind }) => kind === 'roc'))[0] ?? '';
    expect(roc.match(/stroke-dasharray="7,4"/g)).toHaveLength(2);
    const forest = draw(PICTURES)[0] ?? '';
    expect(forest).toContain('◂ worse');
    expect(forest).toContain('better ▸');
  });

  it('has texts of at least ten pixels where a phone shows it 340 pixels wide', () => {
    for (const svg of draw(PICTURES)) {
      const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
      for (const [, size] of svg.matchAll(/font-size:(\d+)px/g)) {
        expect((Number(size) * 340) / width).toBeGreaterThan(9.9);
      }
    }
  });

  it('shows hostile names as text', () => {
    for (const text of HOSTILE) {
      const named = comparison({
        primary: text,
        metrics: [metric({ name: text })],
        slices: [slice({ slice: text, name: text }), slice({ slice: `${text}2`, name: text })],
      });
      const forests = buildPictures(named).filter(({ chart }) => chart.type === 'forest');
      for (const svg of draw(forests)) {
        const { elements } = markupOf(svg);
        expect(ELEMENTS).toEqual(expect.arrayContaining([...elements]));
        expect(svg).not.toMatch(/(?!\n)[\p{Cc}\u202e\u200b\ufffe\uffff]/u);
        expect(svg.isWellFormed()).toBe(true);
      }
    }
  });

  it('stays within the budget at its largest', () => {
    const name = 'w'.repeat(300);
    const points = Array.from({ length: 2000 }, (_, index): [number, number] => [
      index / 1999,
      Math.sin(index) ** 2,
    ]);
    const pair = { champion: points, challenger: points };
    const pictures = buildPictures(
      comparison({
        metrics: Array.from({ length: 60 }, (_, index) => metric({ name: `${name}${index}` })),
        slices: Array.from({ length: 400 }, (_, index) => slice({ slice: `${name}${index}` })),
        curves: { roc: pair, precisionRecall: pair, calibration: pair },
      }),
    );
    const sizes = draw(pictures).map((svg) => Buffer.byteLength(svg));
    expect(Math.max(...sizes)).toBeLessThan(PICTURE_BUDGET.picture);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(PICTURE_BUDGET.report);
  });
});
