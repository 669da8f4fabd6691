"""What the commands do, each recipe told as prose: data passes between rooms here and nowhere else."""
