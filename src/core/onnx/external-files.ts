/** A file beside a model that holds weights, and whether it can be used. */
export type ExternalFile = {
  /** As written in the model. */
  readonly location: string;
  /** `outside`: it lies out of the folder of the model, where nothing is ever read from. */
  readonly state: 'present' | 'missing' | 'outside';
  /** Size of a file that is present. */
  readonly bytes?: number;
};
