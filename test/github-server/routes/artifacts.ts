import { type Answer, GitHubError, notFound, ok } from '../answers.ts';
import { archiveOf } from '../artifact-service.ts';
import { apiUrl, type Links, nodeId, timestamp } from '../links.ts';
import { pageOf } from '../pagination.ts';
import { type RepositoryExchange, read, route } from '../router.ts';
import type { StoredArtifact } from '../workflow-runs.ts';

const READ = read('actions');

export const ARTIFACT_ROUTES = [
  route('actions/list-artifacts-for-repo', READ, listOfRepository),
  route('actions/list-workflow-run-artifacts', READ, listOfRun),
  route('actions/get-artifact', READ, getArtifact),
  route('actions/download-artifact', READ, downloadArtifact),
];

function listOfRepository(exchange: RepositoryExchange): Answer {
  return answerList(
    exchange,
    [...exchange.repository.runs.values()].flatMap(({ artifacts }) => artifacts),
  );
}

function listOfRun(exchange: RepositoryExchange): Answer {
  const run = exchange.repository.runs.get(Number(exchange.path.run_id));
  if (run === undefined) throw notFound();
  return answerList(exchange, run.artifacts);
}

function getArtifact(exchange: RepositoryExchange): Answer {
  return ok(artifactJson(exchange.links, findArtifact(exchange)));
}

/** The archive is not for everybody, though a public repository shows that it is there. */
function downloadArtifact(exchange: RepositoryExchange): Answer {
  const { caller, repository, path, storage } = exchange;
  const artifact = findArtifact(exchange);
  if (!caller.has(repository, 'actions', 'read')) {
    throw new GitHubError(403, 'You must have the actions scope to download artifacts.');
  }
  if (path.archive_format !== 'zip') throw notFound();
  if (artifact.run.isExpired(artifact)) throw new GitHubError(410, 'Artifact has expired');
  return { status: 302, headers: { location: storage.sign(archiveOf(artifact.name, artifact.data)) } };
}

function answerList(exchange: RepositoryExchange, artifacts: readonly StoredArtifact[]): Answer {
  const name = exchange.query.get('name');
  const newestFirst = artifacts
    .filter((artifact) => name === null || artifact.name === name)
    .toSorted((left, right) => right.id - left.id);
  const { items, headers } = pageOf(exchange, newestFirst);
  const body = {
    total_count: newestFirst.length,
    artifacts: items.map((artifact) => artifactJson(exchange.links, artifact)),
  };
  return ok(body, headers);
}

function findArtifact({ repository, path }: RepositoryExchange): StoredArtifact {
  const id = Number(path.artifact_id);
  for (const { artifacts } of repository.runs.values()) {
    const found = artifacts.find((artifact) => artifact.id === id);
    if (found !== undefined) return found;
  }
  throw notFound();
}

function artifactJson(links: Links, artifact: StoredArtifact) {
  const { id, name, size, run, digest, createdAt, expiresAt } = artifact;
  const url = `${apiUrl(links, run.repository)}/actions/artifacts/${id}`;
  return {
    ...{ id, node_id: nodeId('Artifact', id), name, size_in_bytes: size, url, digest },
    archive_download_url: `${url}/zip`,
    expired: run.isExpired(artifact),
    created_at: timestamp(createdAt),
    updated_at: timestamp(createdAt),
    expires_at: timestamp(expiresAt),
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}
