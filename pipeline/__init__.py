"""crisiswatch-pipeline: raw CrisisWatch text in, Parquet tables out."""
