import type { Route } from '../router.ts';
import { ARTIFACT_ROUTES } from './artifacts.ts';
import { ASSET_ROUTES } from './assets.ts';
import { COMMENT_ROUTES } from './comments.ts';
import { COMMIT_ROUTES } from './commits.ts';
import { CONTENT_ROUTES } from './contents.ts';
import { GIT_OBJECT_ROUTES } from './git-objects.ts';
import { GIT_REFERENCE_ROUTES } from './git-refs.ts';
import { GLOBAL_ROUTES } from './global.ts';
import { ISSUE_ROUTES } from './issues.ts';
import { LABEL_ROUTES } from './labels.ts';
import { PULL_ROUTES } from './pulls.ts';
import { RELEASE_ROUTES } from './releases.ts';
import { REPOSITORY_ROUTES } from './repository.ts';
import { STATUS_ROUTES } from './statuses.ts';

/** Every route the local GitHub serves. */
export const ROUTES: readonly Route[] = [
  ...GLOBAL_ROUTES,
  ...REPOSITORY_ROUTES,
  ...COMMENT_ROUTES,
  ...ISSUE_ROUTES,
  ...LABEL_ROUTES,
  ...PULL_ROUTES,
  ...COMMIT_ROUTES,
  ...STATUS_ROUTES,
  ...RELEASE_ROUTES,
  ...ASSET_ROUTES,
  ...GIT_REFERENCE_ROUTES,
  ...GIT_OBJECT_ROUTES,
  ...CONTENT_ROUTES,
  ...ARTIFACT_ROUTES,
];
