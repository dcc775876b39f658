CREATE TABLE IF NOT EXISTS deliveries (
  guid        TEXT PRIMARY KEY,
  event       TEXT NOT NULL,
  repository  BIGINT NOT NULL,
  issue       BIGINT NOT NULL,
  payload     BLOB NOT NULL,
  received    BIGINT NOT NULL, -- microseconds since 1970, UTC, as all times
  completed   BIGINT,
  failure     TEXT,
  -- Of one that was given up: when, whose it is, and how often it was tried.
  failed       BIGINT NOT NULL DEFAULT 0,
  installation BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL DEFAULT '',
  attempts     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS deliveries_open ON deliveries (received) WHERE completed IS NULL;

CREATE TABLE IF NOT EXISTS incidents (
  repository  BIGINT NOT NULL,
  issue       BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  declared    BIGINT NOT NULL,
  state       TEXT NOT NULL,
  PRIMARY KEY (repository, issue)
);

CREATE TABLE IF NOT EXISTS entries (
  repository  BIGINT NOT NULL,
  issue       BIGINT NOT NULL,
  seq         BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  entry       TEXT NOT NULL,
  PRIMARY KEY (repository, issue, seq)
);

CREATE TABLE IF NOT EXISTS follow_ups (
  repository  BIGINT NOT NULL,
  issue       BIGINT NOT NULL,
  incident_repository BIGINT NOT NULL,
  incident_issue      BIGINT NOT NULL,
  PRIMARY KEY (repository, issue)
);

-- The text of each page as Firebreak wrote it last: the base that people's
-- edits are told by.
CREATE TABLE IF NOT EXISTS pages (
  repository  BIGINT NOT NULL,
  issue       BIGINT NOT NULL,
  base        BLOB NOT NULL,
  PRIMARY KEY (repository, issue)
);

-- One row, written to see whether anything can be.
CREATE TABLE IF NOT EXISTS pings (
  id          BIGINT PRIMARY KEY,
  at          BIGINT NOT NULL
);

-- The effects that were given up, with what runs them again.
CREATE TABLE IF NOT EXISTS failures (
  id           TEXT PRIMARY KEY,
  installation BIGINT NOT NULL,
  repository   BIGINT NOT NULL,
  issue        BIGINT NOT NULL,
  name         TEXT NOT NULL, -- the repository's, as owner/name
  number       BIGINT NOT NULL,
  delivery     TEXT NOT NULL,
  kind         TEXT NOT NULL,
  args         TEXT NOT NULL,
  reason       TEXT NOT NULL,
  attempts     BIGINT NOT NULL,
  at           BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS failures_of ON failures (repository, issue);

-- When each installation created something last, as a list of times.
CREATE TABLE IF NOT EXISTS creations (
  installation BIGINT PRIMARY KEY,
  times        TEXT NOT NULL
);

-- Deliveries that GitHub could not hand over, until they arrive or are given
-- up. Those given up stay for as long as GitHub lists them.
CREATE TABLE IF NOT EXISTS missed (
  guid        TEXT PRIMARY KEY,
  attempt     BIGINT NOT NULL, -- GitHub's id of the latest attempt
  failed      BIGINT NOT NULL, -- when the first attempt was made, by GitHub's clock
  asked       BIGINT NOT NULL, -- how often it was asked for again
  due         BIGINT NOT NULL, -- when it is to be asked for next
  given_up    BIGINT
);

-- How far what is done little by little has come, by name.
CREATE TABLE IF NOT EXISTS marks (
  name        TEXT PRIMARY KEY,
  value       TEXT NOT NULL
);

-- What an issue was called before it was transferred, or will be called where
-- the App is not installed: the incident is found by either.
CREATE TABLE IF NOT EXISTS moves (
  repository    BIGINT NOT NULL,
  issue         BIGINT NOT NULL,
  to_repository BIGINT NOT NULL,
  to_issue      BIGINT NOT NULL,
  PRIMARY KEY (repository, issue)
);
