"""What a disk refuses, in the words of the person at the desk."""

from __future__ import annotations

import errno

WORDS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EROFS: "磁盘只能读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "位置不存在",
    errno.EIO: "磁盘读写出错",
    errno.ESTALE: "网络文件夹已断开",
    errno.ETIMEDOUT: "网络文件夹没有回应",
}


def words_of(error: OSError) -> str:
    """Why the system refused; in its own words where these are none of the usual reasons."""
    return WORDS.get(error.errno or 0, error.strerror or str(error))
