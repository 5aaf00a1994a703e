"""A backup is one folder: the database, the files, and a manifest that says what both
held. It is restored beside what is there, compared with its manifest, and only then
takes its place."""
